import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import lock from '../wheels.lock.json' with { type: 'json' };

/** A wheel that the lock file names. */
export interface LockedWheel {
  /** The distribution's name, normalised as PEP 503 has it: `pip`. */
  readonly name: string;
  readonly version: string;
  /** File name below {@link wheelsDirectory}. */
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** Bytes of the file. */
  readonly size: number;
  /** The Pythons that the wheel is for: its own `Requires-Python`, a PEP 440 range. */
  readonly python: string;
  /** What the wheel can't do without (PEP 508), extras left out. */
  readonly requires: readonly string[];
}

/** Every wheel of the lock file. For a given Python, the newest of a name whose `python` it satisfies is the one. */
export const lockedWheels: readonly LockedWheel[] = lock.wheels;

/** What webpack defines in a bundle; it puts paths of the machine that built in the place of `import.meta`. */
declare const __webpack_require__: unknown;

const ownDirectory: string | undefined =
  typeof __webpack_require__ === 'undefined' ? (import.meta.dirname as string | undefined) : undefined;

/** Nothing can be there on any system. */
const NOWHERE = '/dev/null/wheels';

/**
 * The directory that holds the wheels, absolute. Anyone who uses it looks whether a file is there: a bundle that does not
 * know where it is, or was moved, has none, and neither has a package that was built where wheels could not be fetched.
 */
export const wheelsDirectory: string = ownDirectory === undefined ? NOWHERE : join(ownDirectory, '..', 'wheels');

/** Whether this code is part of a bundle, and no longer of the package that has the wheels. Reads a file. */
export function isBundled(): boolean {
  if (ownDirectory === undefined) return true;
  try {
    const { name } = JSON.parse(readFileSync(join(ownDirectory, '..', 'package.json'), 'utf8')) as { name?: unknown };
    return name !== '@vivarium/seed-wheels';
  } catch {
    return true;
  }
}
