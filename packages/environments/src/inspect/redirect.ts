import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readStart } from '../read/read-start.ts';
import type { Redirect } from './inspection.ts';

/** A path is shorter on every system. */
const MAX_BYTES = 32 * 1024;

/** What a path is that is to lead to an environment. */
export type Followed =
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'redirect'; readonly directory: string; readonly redirect: Redirect; readonly exists: boolean }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'missing' };

/**
 * Follows a `.venv` *file* that names an environment elsewhere (draft PEP 832): UTF-8, a path up to the first line break
 * that is absolute or relative to the file; the rest is reserved. It is followed once: a redirect that names a file is
 * invalid.
 *
 * @param path a directory, or a redirect file; relative ones are those of the cwd
 */
export function followRedirect(path: string): Followed {
  const file = resolve(path);
  const stats = statOf(file);
  if (stats === undefined) return { kind: 'missing' };
  if (stats.isDirectory()) return { kind: 'directory', directory: file };
  const text = stats.isFile() ? firstLine(file) : undefined;
  if (text === undefined) return { kind: 'invalid', reason: 'it is no directory, and no text file that names one' };
  if (text === '') return { kind: 'invalid', reason: 'its first line is empty' };
  const target = resolve(dirname(file), text);
  const found = statOf(target);
  if (found !== undefined && !found.isDirectory()) {
    return { kind: 'invalid', reason: `it names ${target}, which is no directory` };
  }
  return { kind: 'redirect', directory: target, redirect: { file, target }, exists: found !== undefined };
}

function statOf(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function firstLine(file: string): string | undefined {
  const bytes = readStart(file, MAX_BYTES);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf(0x0a);
  if (end === -1 && bytes.length === MAX_BYTES) return undefined;
  try {
    const line = new TextDecoder('utf-8', { fatal: true }).decode(end === -1 ? bytes : bytes.subarray(0, end));
    return line.includes('\0') ? undefined : line.replace(/\r$/, '');
  } catch {
    return undefined;
  }
}
