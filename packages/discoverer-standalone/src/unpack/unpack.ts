import { createReadStream } from 'node:fs';
import { link, mkdir, open, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { messageOf, systemCode, VivariumError } from '@vivarium/core/plugin';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { archiveError } from './archive-error.ts';
import { type Entry, EntryCheck } from './check-entries.ts';

/** What is unpacked, and where. */
export interface UnpackRequest {
  /** A `.tar.gz` whose hash was checked. */
  readonly archive: string;
  /** A new directory; what the archive has in `python/` comes to be in it. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Told how many bytes of the archive are done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Unpacks the archive of a Python. Every name is checked before anything is written for it. Owners and times are not
 * taken over, of the permissions only whether it may be executed.
 *
 * @throws VivariumError `PYTHON_ARCHIVE_INVALID`; the system's error where something can't be written
 */
export async function unpack({ archive, directory, signal, onProgress }: UnpackRequest): Promise<void> {
  const check = new EntryCheck();
  const source = createReadStream(archive, { signal });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  const { readable, writable } = createTarDecoder({ strict: true });
  const feeding = feed(source.pipe(gunzip), writable);
  try {
    // Of the same streams, by the names that browsers have for their types.
    for await (const { header, body } of readable as NodeStream<ParsedTarEntry>) {
      const entry = check.check(header);
      if (entry.kind === 'file') await writeFile(join(directory, entry.path), entry, body as NodeStream<Uint8Array>);
      else {
        await body.cancel();
        await create(entry, directory);
      }
      onProgress(source.bytesRead);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof VivariumError || isOfSystem(error)) throw error;
    throw archiveError(`it is damaged: ${messageOf(error)}`, error);
  } finally {
    source.destroy();
    gunzip.destroy();
    await feeding;
  }
}

/** Hands bytes on as fast as they are taken. What goes wrong is learned of by who reads at the other end. */
async function feed(bytes: AsyncIterable<Uint8Array>, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const part of bytes) await writer.write(part);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
  }
}

async function create(entry: Exclude<Entry, { kind: 'file' }>, directory: string): Promise<void> {
  const path = join(directory, entry.path);
  await mkdir(entry.kind === 'directory' ? path : dirname(path), { recursive: true, mode: 0o755 });
  if (entry.kind === 'link') await symlink(entry.target, path);
  if (entry.kind === 'copy') await link(join(directory, entry.of), path);
}

async function writeFile(
  path: string,
  { isExecutable }: Extract<Entry, { kind: 'file' }>,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  const file = await open(path, 'wx', isExecutable ? 0o755 : 0o644);
  try {
    for await (const part of body) await file.write(part);
  } finally {
    await file.close();
  }
}

/** What the system refuses while something is written; what zlib says is about the archive. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && systemCode(error) !== undefined;
}
