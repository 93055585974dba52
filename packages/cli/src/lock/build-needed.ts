import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf, VivariumError } from '@vivarium/core/host';
import { ParseError, parseRequirement } from '@vivarium/packaging';
import { logicalLines } from '@vivarium/pylock';
import { redact } from './credentials.ts';
import type { ResolutionRequest } from './request.ts';
import { namedFile } from './requirements-digest.ts';

/**
 * Refuses requirements that can only be resolved by building something. pip builds a source tree, a repository or an
 * archive even with `--only-binary`, so they have to be found before it is started.
 *
 * @throws VivariumError `BUILD_NOT_ALLOWED`, `REQUIREMENTS_NOT_READABLE`
 */
export function assertNothingToBuild({ files, specs }: Pick<ResolutionRequest, 'files' | 'specs'>): void {
  for (const text of specs) assertNoBuild(text, '--with');
  const seen = new Set<string>();
  for (const file of files) checkFile(file, seen);
}

/** The error for what can only be installed by building it. */
export function buildNotAllowed(what: string, source: string): VivariumError {
  return new VivariumError('BUILD_NOT_ALLOWED', `${redact(what)} has to be built, which runs its code`, {
    source,
    hint: 'Allow it with --allow-build, or name a wheel.',
  });
}

function checkFile(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  for (const { text, line } of logicalLines(read(file))) {
    const source = `${file}, line ${line}`;
    const other = namedFile(text);
    if (other !== undefined) {
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(other)) {
        throw buildNotAllowed(`What ${other} lists is not known before it is fetched, and maybe it`, source);
      }
      checkFile(resolve(dirname(file), other), seen);
    } else if (/^(?:-e|--editable)\b/.test(text)) throw buildNotAllowed(text, source);
    else if (/^--no-binary\b/.test(text)) throw buildNotAllowed(`What ${text} selects`, source);
    else if (!text.startsWith('-')) assertNoBuild(text.split(/\s--?[A-Za-z]/)[0] ?? '', source);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new VivariumError(
      'REQUIREMENTS_NOT_READABLE',
      `The requirements file ${file} can't be read: ${messageOf(error)}`,
      {
        cause: error,
        source: '--requirements',
        hint: 'Name a file that is there and that you may read.',
      },
    );
  }
}

function assertNoBuild(text: string, source: string): void {
  const location = locationOf(text.trim());
  if (location === undefined || /\.whl(?:\[[^[\]]*\])?$/i.test(withoutTail(location))) return;
  throw buildNotAllowed(text.trim(), source);
}

/** The URL or path of a requirement that names one. */
function locationOf(text: string): string | undefined {
  try {
    return parseRequirement(text).url;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    // pip tells what is wrong with a name that is none; a path or a URL is what it would build.
    return /[/\\]|^\.|^\w[\w+.-]*:|\.(?:zip|tar|gz|tgz|bz2|xz|whl)\b/.test(text)
      ? (text.split(/\s;/)[0] ?? text)
      : undefined;
  }
}

function withoutTail(location: string): string {
  return location.replace(/[?#].*$/s, '').trim();
}
