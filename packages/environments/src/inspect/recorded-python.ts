import { isAbsolute, join } from 'node:path';
import { listDirectory } from '../read/list-directory.ts';
import type { RecordedPython } from './inspection.ts';

type Keys = Readonly<Record<string, string>>;

/**
 * The Python that an environment records. virtualenv and vivarium write `version_info = 3.12.1.final.0`, uv
 * `version_info = 3.12.1`, `venv` only `version = 3.12.1`; conda keeps it in the name of a file.
 *
 * @param keys of its `pyvenv.cfg`
 */
export function recordedPython(directory: string, keys: Keys): RecordedPython {
  const version = [keys.version_info, keys.version, keys['python-version']]
    .map((text) => /^\d+\.\d+(?:\.\d+)?/.exec(text ?? '')?.[0])
    .find((text) => text !== undefined);
  const found = version ?? condaVersion(directory);
  const executable = [keys['base-executable'], keys.executable].find((path) => path !== undefined && isAbsolute(path));
  const { implementation } = keys;
  return {
    ...(keys.home ? { home: keys.home } : {}),
    ...(executable === undefined ? {} : { executable }),
    ...(implementation === undefined ? {} : { implementation }),
    ...(found === undefined ? {} : { version: found }),
  };
}

function condaVersion(directory: string): string | undefined {
  const names = listDirectory(join(directory, 'conda-meta')).map(({ name }) => name);
  return names
    .map((name) => /^python-(\d+\.\d+(?:\.\d+)?)-[^-]+\.json$/.exec(name)?.[1])
    .find((it) => it !== undefined);
}
