import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { listDirectory } from '../read/list-directory.ts';
import type { Size } from './inspection.ts';

const MAX_FILES = 1_000_000;
const BLOCK = 512;

/**
 * What an environment takes of the disk. Links are not followed. A file of which every name is in the environment is its
 * own; one that has others elsewhere (in the cache, in another environment) is shared. Each is counted once.
 */
export function measure(directory: string): Size {
  const linked = new Map<string, { readonly stats: Stats; names: number }>();
  const todo = [directory];
  let [ownBytes, files] = [0, 0];
  for (let next = todo.pop(); next !== undefined && files < MAX_FILES; next = todo.pop()) {
    for (const { name } of listDirectory(next)) {
      const path = join(next, name);
      const stats = statsOf(path);
      if (stats === undefined) continue;
      files += 1;
      if (stats.isDirectory()) todo.push(path);
      if (stats.isDirectory() || stats.nlink < 2) ownBytes += bytesOf(stats);
      else {
        const key = `${stats.dev}:${stats.ino}`;
        const known = linked.get(key);
        if (known === undefined) linked.set(key, { stats, names: 1 });
        else known.names += 1;
      }
    }
  }
  const [own, shared] = [[...linked.values()].filter(isOwn), [...linked.values()].filter((one) => !isOwn(one))];
  const sum = (all: typeof own): number => all.reduce((total, { stats }) => total + bytesOf(stats), 0);
  return { ownBytes: ownBytes + sum(own), sharedBytes: sum(shared), files, isPartial: todo.length > 0 };
}

function isOwn({ stats, names }: { readonly stats: Stats; readonly names: number }): boolean {
  return names >= stats.nlink;
}

// Node has no blocks on Windows.
function bytesOf({ blocks, size }: Stats): number {
  return blocks === undefined ? size : blocks * BLOCK;
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
