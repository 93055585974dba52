import { join } from 'node:path';
import { type Context, type Spec, VivariumError } from '@vivarium/core';
import { isExecutableFile } from '../sources/executable-file.ts';
import { installedVersion, pinnedVersions, pyenvRoot } from '../sources/pyenv.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Wanted } from './wanted.ts';

const EXECUTABLES = process.platform === 'win32' ? ['python.exe'] : ['bin/python', 'bin/python3', 'bin/pypy3'];

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
  const wanted = names.flatMap((text): Wanted[] => {
    const spec = installed(text, context) ?? versionSpec(text);
    return spec === undefined ? [] : [{ text, spec, source }];
  });
  if (wanted.length > 0) return wanted;
  const name = names.map((text) => `\`${text}\``).join(' or ');
  throw new VivariumError('INTERPRETER_NOT_FOUND', `${name} is neither a version of Python nor installed by pyenv`, {
    source,
    hint: `It is asked for by ${source}. Name a Python with -p to pass over that.`,
  });
}

function installed(version: string, context: Context): Spec | undefined {
  const root = pyenvRoot(context);
  const name = root && installedVersion(root, version);
  if (!root || !name) return undefined;
  const directory = join(root, 'versions', name);
  const path = EXECUTABLES.map((file) => join(directory, file)).find(isExecutableFile);
  return path === undefined ? undefined : { kind: 'path', text: version, path };
}

/** A file that came with a project may name a version. It may not name a program of the project, which would be started. */
function versionSpec(text: string): Spec | undefined {
  try {
    const spec = parseSpec(text.replace(/^python-/, ''));
    return spec.kind === 'version' ? spec : undefined;
  } catch {
    return undefined;
  }
}
