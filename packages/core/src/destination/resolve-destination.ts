import { accessSync, constants, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { systemCode, type VivariumError } from '../error.ts';
import { isOneLine } from '../pyvenv-cfg/one-line.ts';
import { readRedirect } from '../redirect/read-redirect.ts';
import { destinationError } from './destination-error.ts';

/**
 * The absolute place that a destination means, with every symbolic link followed, so that a user's link stays and its
 * target becomes the environment. Nothing is written.
 *
 * @throws VivariumError (exit code 2) when no environment can be created there: `DESTINATION_EMPTY`,
 * `DESTINATION_CHARACTER_INVALID`, `DESTINATION_SEPARATOR_INVALID`, `DESTINATION_NOT_DIRECTORY`,
 * `DESTINATION_NOT_WRITABLE`
 */
export function resolveDestination(text: string, cwd: string): string {
  assertUsableText(text);
  const destination = followLinks(resolve(cwd, text));
  // Also what the cwd and links add to it ends up in scripts and on PATH.
  assertUsableText(destination);
  const stats = statAt(destination);
  if (stats !== undefined && !stats.isDirectory()) {
    throw fileError(destination);
  }
  assertWritable(stats === undefined ? dirname(destination) : destination, destination);
  return destination;
}

/** A file `.venv` may name an environment; it is not followed, since what it names would be changed unasked. */
function fileError(destination: string): VivariumError {
  const redirect = readRedirect(destination);
  if (redirect === undefined || 'problem' in redirect) {
    return destinationError('DESTINATION_NOT_DIRECTORY', `The destination ${destination} exists and is a file`, {
      hint: 'Choose another name.',
    });
  }
  const { target, leadsTo } = redirect;
  const isEnvironment = leadsTo === 'environment';
  return destinationError(
    'DESTINATION_NOT_DIRECTORY',
    `The destination ${destination} is a redirect to ${target}${isEnvironment ? '' : ', where there is no environment'}`,
    { hint: `For ${isEnvironment ? 'that environment' : 'an environment there'}, give the destination ${target}.` },
  );
}

function assertUsableText(text: string): void {
  if (text === '')
    throw destinationError('DESTINATION_EMPTY', 'The destination is empty', {
      hint: 'Name a directory, `.venv` for example.',
    });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text) || !isOneLine(text)) {
    throw destinationError(
      'DESTINATION_CHARACTER_INVALID',
      `The destination \`${text}\` holds a control character (a line break or the like), which no pyvenv.cfg can express`,
      { hint: 'Choose a name without it.' },
    );
  }
  // Node turns bytes that are no UTF-8 into U+FFFD, and half a surrogate pair can't be written as UTF-8 at all.
  if (text.includes('\ufffd') || !text.isWellFormed()) {
    throw destinationError(
      'DESTINATION_CHARACTER_INVALID',
      `The destination \`${text.toWellFormed()}\` holds characters that can't be encoded as UTF-8`,
      { hint: 'Choose a name that is valid UTF-8.' },
    );
  }
  if (text.includes(delimiter)) throw separatorError(text);
}

function separatorError(text: string): VivariumError {
  return destinationError(
    'DESTINATION_SEPARATOR_INVALID',
    `The destination \`${text}\` contains the path separator (${delimiter}), so its scripts directory could not stand on PATH`,
    { hint: `Choose a path without ${delimiter}.` },
  );
}

/** `realpath` for a path whose last parts need not exist; a dangling link means its target. */
function followLinks(path: string, depth = 0): string {
  if (depth > 40)
    throw destinationError('DESTINATION_LINK_INVALID', `Too many symbolic links in ${path}`, {
      hint: 'Choose another place.',
    });
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') {
      throw destinationError('DESTINATION_NOT_DIRECTORY', `A directory above the destination ${path} is a file`, {
        hint: 'Choose another place.',
      });
    }
    if (systemCode(error) !== 'ENOENT') {
      throw destinationError('DESTINATION_NOT_WRITABLE', `The destination ${path} can't be reached`, {
        hint: 'Choose another place.',
        cause: error,
      });
    }
  }
  const parent = dirname(path);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    return followLinks(resolve(parent, readlinkSync(path)), depth + 1);
  }
  return parent === path ? path : join(followLinks(parent, depth), basename(path));
}

/** Walks up to what exists: that has to be writable. It is a directory, since links were followed through it. */
function assertWritable(path: string, destination: string): void {
  if (statAt(path) === undefined) {
    assertWritable(dirname(path), destination);
    return;
  }
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw destinationError(
      'DESTINATION_NOT_WRITABLE',
      `The destination ${destination} can't be created, because ${path} is not writable`,
      { hint: 'Choose a directory that you may write to.', cause: error },
    );
  }
}

function statAt(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
