import { createHash, type Hash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { messageOf, systemCode } from '@vivarium/core/plugin';
import type { ManifestBuild } from '../manifest/manifest.ts';
import { FetchFailure } from './fetch-failure.ts';
import { hashOfPart } from './hash-file.ts';
import { get, type HttpRequest, PATIENCE } from './http.ts';

/** A file to fetch. */
export interface FileRequest extends Omit<HttpRequest, 'from'> {
  /** Where it is written; what is there already is the beginning of it. */
  readonly target: string;
  readonly expected: Pick<ManifestBuild, 'sha256' | 'size'>;
  readonly onProgress: (done: number, total: number | undefined) => void;
}

/** No archive of a Python is anywhere near it. */
const MAX_BYTES = 1024 * 1024 * 1024;
const MAX_ATTEMPTS = 4;

/**
 * Fetches a file, and goes on where an attempt was cut off, in this run or an earlier one. What was written is removed
 * where it turns out not to be the file.
 *
 * @throws FetchFailure; the system's error where the file can't be written
 */
export async function fetchFile(request: FileRequest): Promise<void> {
  const { target, context, patience = PATIENCE } = request;
  for (let attempt = 1; ; attempt += 1) {
    const before = await sizeOf(target);
    try {
      return await fetchRest(request, before);
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof FetchFailure)) throw error;
      // What another server or an earlier run has begun may be another file; this server gets the chance to send its own.
      const isMixed = error instanceof WrongFile && before > 0;
      if (error instanceof WrongFile) await rm(target, { force: true });
      if (!isMixed && (!error.mayPass || attempt === MAX_ATTEMPTS)) throw error;
      if (!isMixed) await pause(patience.pauseMs * attempt, context.signal);
    }
  }
}

class WrongFile extends FetchFailure {}

async function fetchRest(request: FileRequest, have: number): Promise<void> {
  const { url, target, expected, context, patience, onProgress } = request;
  const { signal } = context;
  const limit = expected.size ?? MAX_BYTES;
  if (have > limit) throw new WrongFile(tooLong(limit));
  if (have > 0 && (await isComplete(target, { expected, have, signal }))) return;
  const answer = await get({ url, from: have, context, patience });
  const total = answer.total ?? expected.size;
  const file = await open(target, answer.from > 0 ? 'r+' : 'w', 0o600);
  let hash: Hash;
  let done = answer.from;
  try {
    if (answer.total !== undefined && expected.size !== undefined && answer.total !== expected.size) {
      throw new WrongFile(`the server says that it has ${answer.total} bytes, and the manifest says ${expected.size}`);
    }
    hash = answer.from > 0 ? await hashOfPart(target, signal) : createHash('sha256');
    onProgress(done, total);
    for await (const part of reading(answer.body)) {
      await file.write(part, 0, part.length, done);
      hash.update(part);
      done += part.length;
      if (done > limit) throw new WrongFile(tooLong(limit));
      onProgress(done, total);
    }
  } finally {
    answer.body.destroy();
    await file.close();
  }
  const wanted = expected.size ?? answer.total;
  if (wanted !== undefined && done < wanted) {
    throw new FetchFailure(`it ended after ${done} of ${wanted} bytes`, { mayPass: done > have });
  }
  if (hash.digest('hex') !== expected.sha256) {
    throw new WrongFile('what it sent is not the file that the manifest names: its SHA-256 is another');
  }
}

/** Whether an earlier run was ended between the last byte and what comes after it. */
async function isComplete(
  target: string,
  { expected, have, signal }: Pick<FileRequest, 'expected'> & { readonly have: number; readonly signal: AbortSignal },
): Promise<boolean> {
  if (expected.size !== undefined && have < expected.size) return false;
  return (await hashOfPart(target, signal)).digest('hex') === expected.sha256;
}

async function* reading(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    if (error instanceof FetchFailure) throw error;
    const reason = systemCode(error) === 'ECONNRESET' ? 'the connection ended midway' : messageOf(error);
    throw new FetchFailure(reason, { mayPass: true, cause: error });
  }
}

function tooLong(limit: number): string {
  return `what it sends is longer than the ${limit} bytes that it may have`;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
