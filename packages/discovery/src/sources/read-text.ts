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

/** The first of some files in a directory or the directories above it. */
export function findUpwards(directory: string, names: readonly string[]): { path: string; text: string } | undefined {
  for (const name of names) {
    const path = join(directory, name);
    const text = readText(path);
    if (text !== undefined) return { path, text };
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : findUpwards(parent, names);
}
