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

/**
 * The directory that holds the wheels, absolute. A package that was built where wheels could not be fetched has none:
 * anyone who uses this directory looks whether a file is there.
 */
export const wheelsDirectory: string = join(import.meta.dirname, '..', 'wheels');
