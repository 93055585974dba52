import { dirname, join } from 'node:path';
import { readSmallFile } from '@vivarium/core/internal';

/** The text of a small file; `undefined` where there is none that can be read. */
export function readText(path: string): string | undefined {
  try {
    return readSmallFile(path)?.text;
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
