import { locate } from './locate.ts';
import type { LockOrigin } from './lock.ts';
import { formatPath, type Path } from './path.ts';

/** Every code of a {@link LockError}, with what it says. */
export const LOCK_ERRORS = {
  LOCK_SYNTAX: 'the text is not TOML, or not UTF-8',
  LOCK_INVALID: 'the document is not as PEP 751, or the format of requirements files, asks for',
  LOCK_UNSUPPORTED: 'the lock has a major version that is not known, or says what can not be a lock',
  LOCK_TARGET: 'the lock is not for this interpreter',
  LOCK_CHOICE: 'an extra or a group was asked for that the lock does not have',
  LOCK_AMBIGUOUS: 'a package is selected twice',
  LOCK_NO_WHEEL: 'a package has no wheel for this interpreter, and nothing else',
  LOCK_SIZE: 'a file has another size than the lock says',
  LOCK_HASH: 'a file has another hash than the lock says',
} as const;

/** A code of a {@link LockError}. It is permanent. */
export type LockErrorCode = keyof typeof LOCK_ERRORS;

/** What everything in this package throws: one sentence, with the place in the document. */
export class LockError extends Error {
  readonly code: LockErrorCode;
  /** The place in the document: `packages[0].wheels[1].hashes`, and empty for the document as a whole. */
  readonly path: string;
  /** The line of that place, from 1; `undefined` for a lock that was not read from a text. */
  readonly line: number | undefined;
  /** The file that was named when the text was read. */
  readonly file: string | undefined;

  static {
    LockError.prototype.name = 'LockError';
  }

  constructor(code: LockErrorCode, problem: string, { path = [], line, origin, cause }: LockErrorPlace = {}) {
    const found = line ?? (origin === undefined ? undefined : locate(origin, path));
    const where = formatPath(path);
    const place = placeOf(found, origin?.file);
    super(printable(`${where}${where === '' ? '' : ': '}${problem}${place}`), cause === undefined ? {} : { cause });
    this.code = code;
    this.path = where;
    this.line = found;
    this.file = origin?.file;
  }
}

/** Where a problem is. */
export interface LockErrorPlace {
  readonly path?: Path;
  /** Instead of the line that the path has. */
  readonly line?: number;
  readonly origin?: LockOrigin | undefined;
  readonly cause?: unknown;
}

function placeOf(line: number | undefined, file: string | undefined): string {
  if (line === undefined) return file === undefined ? '' : ` (${file})`;
  return file === undefined ? ` (line ${line})` : ` (line ${line} of ${file})`;
}

// Values of a foreign document end up in messages; a control character could move the cursor of a terminal.
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
