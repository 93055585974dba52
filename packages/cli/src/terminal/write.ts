import { writeSync } from 'node:fs';
import { systemCode, VivariumError } from '@vivarium/core/host';
import { printable } from '@vivarium/core/internal';

/**
 * Writes to standard output; what could move a terminal's cursor is written as an escape. A reader that has gone away
 * (`| head -1`) has all that it wanted.
 *
 * @throws VivariumError `OUTPUT_NOT_WRITABLE` for a disk that is full and the like
 */
export function writeOutput(text: string): void {
  writeExactOutput(printable(text));
}

/** Writes to standard output what only programs read, as it is. */
export function writeExactOutput(text: string): void {
  const problem = write(1, text);
  if (problem === undefined || problem === 'EPIPE') return;
  throw new VivariumError('OUTPUT_NOT_WRITABLE', `Standard output can't be written (${problem})`, {
    hint: 'What the command does was done; only what it prints is lost.',
  });
}

/**
 * Writes to standard error, where people look on. That no one reads it any more, or that it can't be written, changes
 * nothing about the work: there is no other place to say so.
 *
 * @param text as it is; what comes from outside has to be {@link printable}
 */
export function writeMessage(text: string): void {
  write(2, text);
}

/**
 * Writes without Node's streams, which take longer to load than all else that a run needs.
 *
 * @returns the system's code for what went wrong
 */
function write(stream: 1 | 2, text: string): string | undefined {
  let rest: Buffer = Buffer.from(text);
  if (process.platform === 'win32') return writeByStream(stream, rest);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(stream, rest));
    return undefined;
  } catch (error) {
    // The reader is not ready; the stream waits for it.
    return systemCode(error) === 'EAGAIN' ? writeByStream(stream, rest) : (systemCode(error) ?? 'unknown error');
  }
}

function writeByStream(number: 1 | 2, bytes: Buffer): undefined {
  const stream = number === 1 ? process.stdout : process.stderr;
  if (stream.listenerCount('error', ignoreGoneReader) === 0) stream.on('error', ignoreGoneReader);
  stream.write(bytes);
}

function ignoreGoneReader(this: NodeJS.WriteStream, error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && this === process.stdout) throw error;
}
