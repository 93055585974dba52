/** Major and minor part of a version. */
export type MinorVersion = readonly [major: number, minor: number];

/** What the wheel tags of an interpreter follow from: plain data, which need not be of the machine that asks. */
export interface TagFacts {
  /** `sys.implementation.name`: `cpython`, `pypy`, `graalpy` … */
  readonly implementation: string;
  /** The version of the language, 3.13 say. */
  readonly version: MinorVersion;
  /**
   * What the names of extension modules have between their dots, from `sysconfig`'s `SOABI` or `EXT_SUFFIX`:
   * `pypy311-pp73-x86_64-linux-gnu`. Of CPython it is not needed.
   */
  readonly soabi?: string;
  /** Built without the global interpreter lock (PEP 703). @default false */
  readonly isFreeThreaded?: boolean;
  /** Built with `Py_DEBUG`. @default false */
  readonly isDebug?: boolean;
  /** Of CPython before 3.8: built with `WITH_PYMALLOC`. @default true */
  readonly hasPymalloc?: boolean;
  /** Of CPython before 3.3: characters have four bytes. @default true, except on Windows and macOS */
  readonly hasWideUnicode?: boolean;
  readonly platform: PlatformFacts;
}

/** What platform tags follow from. */
export type PlatformFacts = LinuxFacts | MacosFacts | WindowsFacts | IosFacts | AndroidFacts | OtherPlatformFacts;

export interface LinuxFacts {
  readonly system: 'linux';
  /** As `sysconfig.get_platform()` ends: `x86_64`, `aarch64`, `i686`, `armv7l` … */
  readonly machine: string;
  /** Width of a pointer, which may be smaller than the machine's. @default 64 */
  readonly bits?: 32 | 64;
  /** The C library that the interpreter runs on, with its version. Without it no wheel for a C library is taken. */
  readonly libc?: { readonly name: 'glibc' | 'musl'; readonly version: MinorVersion };
  /** Of 32-bit ARM: the executable uses the floating point registers (`armhf`). @default true */
  readonly isHardFloat?: boolean;
}

export interface MacosFacts {
  readonly system: 'macos';
  /** Of the running system: `[15, 1]`. */
  readonly version: MinorVersion;
  readonly machine: 'arm64' | 'x86_64' | 'i386' | 'ppc64' | 'ppc';
}

export interface WindowsFacts {
  readonly system: 'windows';
  /** Of the build of the interpreter, and not of the system. */
  readonly machine: 'amd64' | 'x86' | 'arm64' | 'arm32';
}

/** iOS (PEP 730). */
export interface IosFacts {
  readonly system: 'ios';
  readonly version: MinorVersion;
  /** `sys.implementation._multiarch`: `arm64-iphoneos`, `arm64-iphonesimulator` … */
  readonly multiarch: string;
}

/** Android (PEP 738). */
export interface AndroidFacts {
  readonly system: 'android';
  readonly apiLevel: number;
  /** `arm64_v8a`, `x86_64` … */
  readonly abi: string;
}

/** Any other system: wheels are tagged with what `sysconfig.get_platform()` says of it. */
export interface OtherPlatformFacts {
  readonly system: 'other';
  readonly platform: string;
}

/** A part of a tag, as it is written in tags: lower case, and `_` for whatever separates. */
export function toTagPart(text: string): string {
  return text.toLowerCase().replace(/[-. ]/g, '_');
}
