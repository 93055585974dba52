import type { MinorVersion } from '../tags/facts.ts';

/** A version in the five parts of `sys.version_info`. */
export interface VersionInfo {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
  readonly releaseLevel: 'alpha' | 'beta' | 'candidate' | 'final';
  readonly serial: number;
}

/** An interpreter as vivarium's probe describes it: the part of `Interpreter` of `@vivarium/core` that is needed here. */
export interface DescribedInterpreter {
  readonly implementation: string;
  readonly version: VersionInfo;
  /** The implementation's own version where it differs from the language's. */
  readonly implementationVersion?: VersionInfo;
  /** `sys.platform`. */
  readonly platform: string;
  /** `os.name`. */
  readonly os: 'posix' | 'nt';
  readonly bits: 32 | 64;
  /** By one name for each machine: `x86_64`, `arm64`, `x86` … */
  readonly machine: string;
  readonly libc?: 'glibc' | 'musl';
  readonly isFreeThreaded: boolean;
  readonly isDebug: boolean;
  readonly abiFlags: string;
}

/**
 * What is known of the system next to the interpreter. All of it is optional: what is not known has the value that a
 * usual system has, or the tags that depend on it are left out.
 */
export interface DescribedSystem {
  /** Version of the C library, or of macOS. Without it a Linux has no `manylinux`, and macOS is taken for 11.0. */
  readonly version?: MinorVersion;
  /** `sysconfig`'s `SOABI`, or the middle of `EXT_SUFFIX`, of an implementation that is not CPython. */
  readonly soabi?: string;
  /** Of Python 2.7: `sys.maxunicode` is 0x10FFFF. @default what builds for the platform have */
  readonly hasWideUnicode?: boolean;
  /** `platform.machine()`. */
  readonly platformMachine?: string;
  /** `platform.release()`. @default '' */
  readonly platformRelease?: string;
  /** `platform.system()`. */
  readonly platformSystem?: string;
  /** `platform.version()`. @default '' */
  readonly platformVersion?: string;
  /** `sysconfig.get_platform()`, of a system that is neither Linux nor macOS nor Windows. */
  readonly buildPlatform?: string;
}
