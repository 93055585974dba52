import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readSmallFile } from '../read-small-file.ts';

/** The only name of a redirect (draft PEP 832). */
export const REDIRECT_NAME = '.venv';

/** No path is longer on any system. */
const MAX_LENGTH = 32 * 1024;

/** A `.venv` file that names an environment elsewhere (draft PEP 832). */
export interface Redirect {
  /** The file, absolute. */
  readonly file: string;
  /** The directory that it names, absolute; links in it are not followed. */
  readonly target: string;
  /** What is at `target`: an environment is a directory with a `pyvenv.cfg`. */
  readonly leadsTo: 'environment' | 'directory' | 'nothing';
  /** Whether the file has one line alone. */
  readonly isOneLine: boolean;
}

/** A `.venv` file that names nothing that can be an environment. */
export interface InvalidRedirect {
  readonly file: string;
  /** Completes "… names no environment: ". */
  readonly problem: string;
}

/**
 * Reads the redirect at a path: UTF-8, of which the text before the first line break is a path, absolute or relative to
 * the directory of the file. What follows the line break is reserved, and ignored. It is followed once: a redirect that
 * names a file is invalid.
 *
 * @param path absolute
 * @returns `undefined` where no regular file of that name can be read
 */
export function readRedirect(path: string): Redirect | InvalidRedirect | undefined {
  if (basename(path) !== REDIRECT_NAME) return undefined;
  const text = readSmallFile(path, 'cut')?.text;
  if (text === undefined) return undefined;
  const [line = ''] = text.split(/\r?\n/, 1);
  const problem = textProblem(line);
  if (problem !== undefined) return { file: path, problem };
  const target = resolve(dirname(path), line);
  const leadsTo = kindOf(target);
  if (leadsTo === 'file') return { file: path, problem: `it names ${target}, which is not a directory` };
  return { file: path, target, leadsTo, isOneLine: text === `${line}\n` };
}

function textProblem(line: string): string | undefined {
  if (line === '') return 'its first line is empty';
  // The replacement character stands for bytes that are not UTF-8.
  if (/[\0\ufffd]/.test(line)) return 'it is not a text in UTF-8';
  return line.length > MAX_LENGTH ? 'its first line is too long for a path' : undefined;
}

function kindOf(path: string): Redirect['leadsTo'] | 'file' {
  const stats = statOf(path);
  if (stats === undefined) return 'nothing';
  if (!stats.isDirectory()) return 'file';
  return statOf(resolve(path, 'pyvenv.cfg'))?.isFile() === true ? 'environment' : 'directory';
}

function statOf(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A loop of links, a directory that may not be entered.
    return undefined;
  }
}
