import { join } from 'node:path';
import { listDirectory } from '../read/list-directory.ts';
import { readBounded } from '../read/read-bounded.ts';
import type { StartUpHook } from './inspection.ts';

const MAX_LINE = 200;
const MAX_LINES = 200;

/** Modules that `site` imports if they are there. */
const MODULES: ReadonlySet<string> = new Set(['sitecustomize.py', 'usercustomize.py']);

/**
 * What runs, or changes `sys.path`, whenever the Python of an environment starts: lines of `.pth` files (Python's module
 * `site`), entry points of `.start` files (PEP 829), `sitecustomize` and `usercustomize`.
 *
 * @param sitePackages relative to the environment, written with `/`
 */
export function readStartUp(directory: string, sitePackages: readonly string[]): readonly StartUpHook[] {
  return sitePackages.flatMap((packages) =>
    listDirectory(join(directory, packages)).flatMap(({ name }): readonly StartUpHook[] => {
      const file = `${packages}/${name}`;
      if (MODULES.has(name)) return [{ file, kind: 'module', line: name }];
      // `site` ignores those that begin with a dot (gh-113659).
      if (name.startsWith('.')) return [];
      if (name.endsWith('.pth'))
        return linesOf(join(directory, file)).map((line) => ({ file, kind: kindOf(line), line }));
      if (name.endsWith('.start')) return linesOf(join(directory, file)).map((line) => ({ file, kind: 'start', line }));
      return [];
    }),
  );
}

function kindOf(line: string): 'import' | 'path' {
  return /^import[ \t]/.test(line) ? 'import' : 'path';
}

function linesOf(path: string): readonly string[] {
  return (readBounded(path) ?? '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, MAX_LINES)
    .map((line) => line.trimEnd().slice(0, MAX_LINE));
}
