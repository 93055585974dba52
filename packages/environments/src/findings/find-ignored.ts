import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore from 'ignore';
import type { Inspection } from '../inspect/inspection.ts';
import { readBounded } from '../read/read-bounded.ts';
import type { Found } from './finding.ts';

/**
 * An environment in a Git repository that no `.gitignore` of the repository, no `info/exclude` and no `.gitignore` of its
 * own ignores (gitignore documentation of Git). Git is not started; the file that `core.excludesFile` names is not read.
 */
export function findNotIgnored({ directory }: Inspection): readonly Found[] {
  const root = repositoryOf(directory);
  if (root === undefined || root === directory || ignoresAll(directory) || isIgnored(directory, root)) return [];
  const message = `${directory} is in the repository ${root}, which does not ignore it`;
  return [{ code: 'ENVIRONMENT_NOT_IGNORED', message, paths: ['.gitignore'] }];
}

function repositoryOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** A `.gitignore` of its own that begins to ignore everything, as creators write it. */
function ignoresAll(directory: string): boolean {
  return /^\*\s*$/m.test(readBounded(join(directory, '.gitignore')) ?? '');
}

function isIgnored(directory: string, root: string): boolean {
  const parts = relative(root, directory).split(sep);
  // What a directory ignores holds for all below it; deeper files are asked with paths of their own.
  return parts.some((_, index) => {
    const at = join(root, ...parts.slice(0, index));
    const rules = [
      ...(index === 0 ? [readBounded(join(root, '.git', 'info', 'exclude'))] : []),
      readBounded(join(at, '.gitignore')),
    ].filter((text) => text !== undefined);
    return (
      rules.length > 0 &&
      ignore()
        .add(rules.join('\n'))
        .ignores(`${parts.slice(index).join('/')}/`)
    );
  });
}
