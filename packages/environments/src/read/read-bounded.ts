import { readSmallFile } from '@vivarium/core/internal';

/** The text of a small regular file; `undefined` where it can't be read, or is larger than any such file. */
export function readBounded(path: string): string | undefined {
  try {
    return readSmallFile(path)?.text;
  } catch {
    return undefined;
  }
}
