import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FoundBase, FoundLayout, FoundPython, Problem } from './inspection.ts';
import { isThere } from './layout.ts';

/** What {@link findProblems} looks at. */
export interface ProblemRequest {
  readonly directory: string;
  readonly layout: FoundLayout;
  readonly base: FoundBase;
  readonly python: FoundPython;
  /** Whether it is an environment of PEP 405; those of conda are whole installations. */
  readonly hasConfiguration: boolean;
  readonly isConda: boolean;
}

/** What an environment lacks that every one has. */
export function findProblems(request: ProblemRequest): readonly Problem[] {
  const { directory, layout, isConda } = request;
  return [
    ...(isConda ? [] : configurationProblems(request)),
    ...pythonProblems(request),
    ...(layout.sitePackages.length > 0
      ? []
      : [{ code: 'SITE_PACKAGES_NOT_FOUND', message: `${directory} has no site-packages` } as const]),
  ];
}

function configurationProblems({ directory, base, hasConfiguration }: ProblemRequest): readonly Problem[] {
  const file = join(directory, 'pyvenv.cfg');
  if (!hasConfiguration) {
    const what = isThere(file) ? `is ${whatIsThere(file)}` : 'is missing';
    return [{ code: 'CONFIGURATION_NOT_READABLE', message: `${file} ${what}` }];
  }
  if (base.directory !== undefined) return [];
  return [{ code: 'CONFIGURATION_INCOMPLETE', message: `${file} has no \`home\`` }];
}

function whatIsThere(file: string): string {
  try {
    const stats = statSync(file);
    return stats.isFile() ? 'not readable, or no text' : 'no regular file';
  } catch {
    return 'not readable';
  }
}

function pythonProblems({ directory, python, base, isConda }: ProblemRequest): readonly Problem[] {
  const { executable, state, links } = python;
  const last = links.at(-1);
  const isOutside = last !== undefined && !last.startsWith(`${directory}${sep}`);
  if (state === 'dangling' && isOutside) {
    return [{ code: 'BASE_NOT_FOUND', message: `${executable} leads to ${last}, which does not exist` }];
  }
  const own: readonly Problem[] =
    state === 'ok'
      ? []
      : state === 'missing'
        ? [{ code: 'PYTHON_NOT_FOUND', message: `${executable} does not exist` }]
        : [{ code: 'PYTHON_NOT_USABLE', message: `${executable} ${REASONS[state]}` }];
  if (isConda || base.exists || base.directory === undefined) return own;
  return [
    { code: 'BASE_NOT_FOUND', message: `pyvenv.cfg names the base ${base.directory}, which does not exist` },
    ...own,
  ];
}

const REASONS = {
  dangling: 'is a link to something that does not exist',
  loop: 'is a link that leads back to itself',
  notFile: 'is not a file',
  notExecutable: 'has no permission to be executed',
  notReadable: 'may not be executed by this user',
} as const;
