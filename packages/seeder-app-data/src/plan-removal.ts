import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Environment, RemoveStep } from '@vivarium/core';
import { normalizeName, type SeedWheel } from '@vivarium/wheel-supply';
import { parseRecord } from './image/record.ts';

/**
 * The steps that take away what a standing environment has of the packages that are to be put in, so that each of them
 * is there once, in one version. Nothing but the distribution's own is touched: what its RECORD lists, and byte code.
 */
export function planRemoval(environment: Environment, wheels: readonly SeedWheel[]): readonly RemoveStep[] {
  const { destination, layout } = environment;
  const names = new Set(wheels.map(({ name }) => name));
  const paths = [...new Set([layout.purelib, layout.platlib])].flatMap((folder) =>
    list(join(destination, folder))
      .filter((entry) => names.has(distributionOf(entry.name)))
      .flatMap((entry) => removable({ destination, folder, distInfo: entry.name })),
  );
  return [...new Set(paths)].map((path) => ({ kind: 'remove', path }));
}

interface Installation {
  readonly destination: string;
  /** Where the `.dist-info` folder is, relative to the environment's root. */
  readonly folder: string;
  readonly distInfo: string;
}

function distributionOf(entry: string): string {
  return entry.endsWith('.dist-info') ? normalizeName(entry.slice(0, entry.indexOf('-'))) : '';
}

function removable({ destination, folder, distInfo }: Installation): readonly string[] {
  const own = new Set(
    readRecord(join(destination, folder, distInfo, 'RECORD'))
      .map((path) => posix.normalize(posix.join(folder, path)))
      .filter((path) => path !== '.' && !path.startsWith('..')),
  );
  const inFolder = [...own].filter((path) => path.startsWith(`${folder}/`));
  const tops = [
    ...new Set(inFolder.map((path) => posix.join(folder, path.slice(folder.length + 1).split('/')[0] ?? ''))),
  ];
  const distInfoPath = posix.join(folder, distInfo);
  const whole = tops.filter((top) => top === distInfoPath || isWhollyOwn(top));
  const isCovered = (path: string) => whole.some((top) => path === top || path.startsWith(`${top}/`));
  return [
    ...whole,
    ...[...own].filter((path) => !isCovered(path)),
    ...(whole.includes(distInfoPath) ? [] : [distInfoPath]),
  ];

  // A link counts as one file: it is taken away, and what it leads to stays.
  function isWhollyOwn(path: string): boolean {
    if (own.has(path)) return true;
    const entries = list(join(destination, path));
    return entries.length > 0 && entries.every((entry) => isOwn(`${path}/${entry.name}`, entry));
  }
  function isOwn(path: string, entry: Dirent): boolean {
    return entry.isDirectory() ? isWhollyOwn(path) : own.has(path) || path.endsWith('.pyc');
  }
}

function readRecord(path: string): readonly string[] {
  try {
    return parseRecord(readFileSync(path, 'utf8')).map((line) => line.path);
  } catch {
    return [];
  }
}

// Nothing stands there before an environment was made, and in a plan for another platform.
function list(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
