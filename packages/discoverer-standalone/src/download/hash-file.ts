import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Starts the hash of a file with what is there of it already. */
export async function hashOfPart(path: string, signal: AbortSignal): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { signal }) as AsyncIterable<Buffer>) hash.update(part);
  return hash;
}

/** The SHA-256 of a file, in hexadecimal digits. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  return (await hashOfPart(path, signal)).digest('hex');
}
