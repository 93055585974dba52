import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The first bytes of a regular file, without waiting for a FIFO or a device in its place.
 *
 * @param count how many bytes at most
 * @returns `undefined` where no regular file can be read
 */
export function readStart(path: string, count: number): Buffer | undefined {
  return readPart(path, count, 0);
}

/** At most `count` bytes from an offset on. */
export function readPart(path: string, count: number, offset: number): Buffer | undefined {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  let file: number | undefined;
  try {
    file = openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!fstatSync(file).isFile()) return undefined;
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, offset));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
