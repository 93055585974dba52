import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The text of a small file; `undefined` where there is none that can be read. */
export function readText(path: string): string | undefined {
  // Most of the files that are asked for don't exist, and to throw and catch takes longer than to look.
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first of some files in a folder or the folders above it. */
export function findUpwards(folder: string, names: readonly string[]): { path: string; text: string } | undefined {
  for (const name of names) {
    const path = join(folder, name);
    const text = readText(path);
    if (text !== undefined) return { path, text };
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findUpwards(parent, names);
}
