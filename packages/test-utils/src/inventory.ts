import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * What there is to see in an environment, each thing by its name: `bin/` a directory, `bin/python3` a file with its
 * mode or a link with its target, `pyvenv.cfg: home` a setting with its value. What Pythons wrote when they ran, and
 * what is in packages, is left out. The environment's directory is replaced by `ENV`.
 */
export function inventory(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path);
    return isLeftOut(name) ? [] : [[entry.isDirectory() ? `${name}/` : name, describe(path)] as const];
  });
  return new Map([...files, ...settings(root)].map(([name, value]) => [name, value.replaceAll(root, 'ENV')]));
}

/** By their names, the things that differ: what is here, and what is there. */
export type Comparison = ReadonlyMap<string, readonly [here: string | undefined, there: string | undefined]>;

/** Compares two inventories. */
export function compare(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): Comparison {
  const names = [...new Set([...here.keys(), ...there.keys()])].sort();
  const pairs = names.map((name) => [name, [here.get(name), there.get(name)]] as const);
  return new Map(pairs.filter(([, [one, other]]) => one !== other));
}

function isLeftOut(name: string): boolean {
  return /__pycache__|\/site-packages\/[^/]+\/|^pyvenv\.cfg$/.test(name);
}

function describe(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  return `${stats.isDirectory() ? 'directory' : 'file'} ${(stats.mode & 0o777).toString(8)}`;
}

function settings(root: string): readonly (readonly [string, string])[] {
  const lines = readFileSync(join(root, 'pyvenv.cfg'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [key = '', ...value] = line.split(' = ');
    return value.length === 0 ? [] : [[`pyvenv.cfg: ${key}`, value.join(' = ')] as const];
  });
}
