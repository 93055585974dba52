/**
 * What a user asks for with `-p`, taken apart. This is the value that discoverers get to see.
 */
export type Spec = PathSpec | VersionSpec;

/** An executable by place: an absolute or relative path, or a file name to look up on `PATH`. */
export interface PathSpec {
  readonly kind: 'path';
  /** What was typed. */
  readonly text: string;
  readonly path: string;
}

/** An executable by what it is. A member that is missing is not asked about. */
export interface VersionSpec {
  readonly kind: 'version';
  /** What was typed. */
  readonly text: string;
  /** `cpython`, `pypy` … in lower case; missing means any (`python3.12`, `3.12`). */
  readonly implementation?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly micro?: number;
  /** A PEP 440 range (`>=3.9,<3.13`), instead of the numbers. */
  readonly range?: string;
  /** Missing means either; a version without `t` asks for `false`. */
  readonly isFreeThreaded?: boolean;
  readonly isDebug?: boolean;
  readonly bits?: 32 | 64;
  readonly machine?: string;
  /** What {@link Interpreter.platform} has to be. */
  readonly platform?: 'linux' | 'darwin' | 'win32';
  /** The C library, on Linux. */
  readonly libc?: 'glibc' | 'musl';
  /** The release of an implementation that is numbered apart from the language (`7.3.11` of PyPy), or its beginning. */
  readonly implementationVersion?: string;
}
