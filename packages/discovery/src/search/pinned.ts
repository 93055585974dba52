import { join } from 'node:path';
import { isPathText } from '@vivarium/core/internal';
import { type Context, type Spec, VivariumError } from '@vivarium/core/plugin';
import { isExecutableFile } from '../sources/executable-file.ts';
import { EXECUTABLES } from '../sources/installations.ts';
import { installedVersion, pinnedVersions, pyenvRoot } from '../sources/pyenv.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Wanted } from './wanted.ts';

/**
 * What `PYENV_VERSION` or a `.python-version` asks for: what pyenv has installed by that name, else any Python of that
 * version. `undefined` where nothing is pinned, or the system's own Python is.
 *
 * @throws VivariumError `INTERPRETER_NOT_FOUND` when none of the names is installed or is a version
 */
export function pinnedRequests(context: Context): readonly Wanted[] | undefined {
  const pinned = pinnedVersions(context);
  if (pinned === undefined || pinned.versions[0] === 'system') return undefined;
  const { source } = pinned;
  const names = pinned.versions.filter((version) => version !== 'system');
  const wanted: Wanted[] = [];
  const problems: string[] = [];
  for (const text of names) {
    const spec = installed(text, context) ?? versionSpec(text);
    if (spec === undefined) problems.push(whyNoVersion(text, source));
    else wanted.push({ text, spec, source });
  }
  if (wanted.length === 0) {
    throw new VivariumError('INTERPRETER_NOT_FOUND', problems.join('\n'), {
      source,
      hint: 'Choose a Python with -p or VIVARIUM_PYTHON instead.',
    });
  }
  for (const problem of problems) context.warn(`${problem}; it is ignored`, 'CONFIGURATION_IGNORED');
  return wanted;
}

function whyNoVersion(text: string, source: string): string {
  const reason = isPathText(text)
    ? 'is a path, and a file of a project may only name a version'
    : 'is neither a version of Python nor installed by pyenv';
  return `\`${text}\` ${reason} (asked for by ${source})`;
}

function installed(version: string, context: Context): Spec | undefined {
  const root = pyenvRoot(context);
  const name = root && installedVersion(root, version);
  if (!root || !name) return undefined;
  const directory = join(root, 'versions', name);
  const path = EXECUTABLES.map((file) => join(directory, file)).find(isExecutableFile);
  return path === undefined ? undefined : { kind: 'path', text: version, path };
}

/** A project's file may name a version. It may not name a program, which would be started. */
function versionSpec(text: string): Spec | undefined {
  try {
    const spec = parseSpec(text.replace(/^python-/, ''));
    return spec.kind === 'version' ? spec : undefined;
  } catch {
    return undefined;
  }
}
