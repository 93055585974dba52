import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readSmallFile } from '../read-small-file.ts';

/** The only name of a redirect (draft PEP 832). */
export const REDIRECT_NAME = '.venv';

/** A `.venv` file that names an environment elsewhere (draft PEP 832). */
export interface Redirect {
  /** The file, absolute. */
  readonly file: string;
  /** The directory that it names, absolute; links in it are not followed. */
  readonly target: string;
  /** Whether `target` is an environment: a directory with a `pyvenv.cfg`. */
  readonly isEnvironment: boolean;
  /** Whether the file has one line alone. */
  readonly isOneLine: boolean;
}

/**
 * Reads the redirect at a path: UTF-8, of which the text before the first line break is a path, absolute or relative to
 * the directory of the file. What follows the line break is reserved, and ignored.
 *
 * @param path absolute
 * @returns `undefined` where there is no file of that name, or it names nothing that can be a path
 */
export function readRedirect(path: string): Redirect | undefined {
  if (basename(path) !== REDIRECT_NAME) return undefined;
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const text = readSmallFile(path, 'cut')?.text ?? '';
  const [line = ''] = text.split(/\r?\n/, 1);
  // The replacement character stands for bytes that are not UTF-8.
  if (line === '' || /[\0\ufffd]/.test(line)) return undefined;
  const target = resolve(dirname(path), line);
  return { file: path, target, isEnvironment: isEnvironment(target), isOneLine: text === `${line}\n` };
}

function isEnvironment(directory: string): boolean {
  try {
    return statSync(resolve(directory, 'pyvenv.cfg'), { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // A loop of links, a directory that may not be entered.
    return false;
  }
}
