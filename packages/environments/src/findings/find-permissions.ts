import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '../inspect/inspection.ts';
import { listDirectory } from '../read/list-directory.ts';
import type { Found } from './finding.ts';
import { quote } from './quote.ts';
import { readScripts } from './scripts.ts';

interface Entry {
  readonly path: string;
  readonly stats: Stats;
}

/**
 * Owners and permissions of what decides what a Python runs: the environment's own directories, its commands, and what
 * is right in its directories of packages. An installer that ran as another user leaves whole packages.
 */
export function findPermissionFaults(inspection: Inspection): readonly Found[] {
  // Windows has neither.
  if (process.platform === 'win32') return [];
  const entries = looked(inspection);
  const root = entries.find(({ path }) => path === '');
  if (root === undefined) return [];
  return [...foreign(entries, root.stats, inspection), ...modes(entries, inspection)];
}

/** uv lets every user lock an environment by this empty file. */
const LOCK = '.lock';

function looked({ directory, layout }: Inspection): readonly Entry[] {
  const directories = ['', layout.scripts, ...layout.sitePackages];
  const paths = directories.flatMap((inner) => [
    inner,
    ...listDirectory(join(directory, inner)).map(({ name }) => (inner === '' ? name : `${inner}/${name}`)),
  ]);
  return [...new Set(paths)].flatMap((path) => {
    const stats = lstatSync(join(directory, path), { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, stats }];
  });
}

function foreign(entries: readonly Entry[], { uid, gid }: Stats, { directory }: Inspection): readonly Found[] {
  const paths = entries.filter(({ stats }) => stats.uid !== uid).map(({ path }) => path);
  const [first] = paths;
  if (first === undefined) return [];
  const more = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return [
    {
      code: 'FILE_OWNER_MISMATCH',
      message: `${first}${more} belong to another user than the environment (${uid})`,
      paths,
      command: `${sudo}chown -R -h ${uid}:${gid} ${quote(directory)}`,
    },
  ];
}

function modes(entries: readonly Entry[], inspection: Inspection): readonly Found[] {
  const open = entries.filter(
    ({ path, stats }) =>
      path !== LOCK && !stats.isSymbolicLink() && (stats.mode & 0o002) !== 0 && (stats.mode & 0o1000) === 0,
  );
  const commands = new Set(readScripts(inspection).map(({ path }) => path));
  const dead = entries.filter(({ path, stats }) => commands.has(path) && (stats.mode & 0o100) === 0);
  return [...fault(open, 'may be written by every user'), ...fault(dead, 'may not be executed')];
}

function fault(entries: readonly Entry[], what: string): readonly Found[] {
  const [first] = entries;
  if (first === undefined) return [];
  const more = entries.length === 1 ? '' : ` (and ${entries.length - 1} more)`;
  const message = `${first.path === '' ? 'The directory itself' : first.path} ${what}${more}`;
  return [{ code: 'FILE_MODE_INVALID', message, paths: entries.map(({ path }) => (path === '' ? '.' : path)) }];
}
