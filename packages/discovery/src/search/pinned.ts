import { join } from 'node:path';
import type { Context, Spec } from '@vivarium/core';
import { isExecutableFile } from '../sources/executable-file.ts';
import { installedVersion, pinnedVersions, pyenvRoot } from '../sources/pyenv.ts';
import { parseSpec } from '../spec/parse.ts';
import type { Wanted } from './find.ts';

const EXECUTABLES = process.platform === 'win32' ? ['python.exe'] : ['bin/python', 'bin/python3', 'bin/pypy3'];

/**
 * What `PYENV_VERSION` or a `.python-version` asks for: what pyenv has installed by that name, else any Python of that
 * version. `undefined` where nothing is pinned, or the system's own Python is.
 */
export function pinnedRequests(context: Context): readonly Wanted[] | undefined {
  const pinned = pinnedVersions(context);
  if (pinned === undefined || pinned.versions[0] === 'system') return undefined;
  const versions = pinned.versions.filter((version) => version !== 'system');
  return versions.map((text) => ({ text, spec: specOf(text, context), source: pinned.source }));
}

function specOf(version: string, context: Context): Spec {
  const root = pyenvRoot(context);
  const name = root && installedVersion(root, version);
  if (root && name) {
    const folder = join(root, 'versions', name);
    const path = EXECUTABLES.map((file) => join(folder, file)).find(isExecutableFile);
    if (path !== undefined) return { kind: 'path', text: version, path };
  }
  return parseSpec(version.replace(/^python-/, ''));
}
