import { findImplementation, implementations, unifyMachine } from '@vivarium/core/internal';
import type { Interpreter, PythonVersion } from '@vivarium/core/plugin';
import type { Answer } from '../probe/answer.ts';

/** What the answer of the base interpreter does not tell. */
export interface Places {
  readonly executable: string;
  readonly systemExecutable: string;
  readonly realExecutable: string;
  /** `sys.prefix` of what was asked for. */
  readonly prefix: string;
}

/** The interpreter that an answer of a base interpreter describes. */
export function fromAnswer(answer: Answer, places: Places): Interpreter {
  const { implementationVersion: own, listings, scheme, sharedLibrary, tcl } = answer;
  const implementation = properName(answer.implementation);
  return {
    implementation,
    version: implementation === 'GraalPy' ? asRelease(answer.version) : answer.version,
    ...(own !== undefined && JSON.stringify(own) !== JSON.stringify(answer.version) && { implementationVersion: own }),
    platform: answer.platform.replace(/^linux\d$/, 'linux'),
    os: answer.os,
    bits: answer.bits,
    machine: machineOf(answer),
    ...(answer.libc !== undefined && { libc: answer.libc }),
    system: {
      ...(answer.systemVersion !== undefined && { version: answer.systemVersion }),
      ...(answer.soabi !== undefined && { soabi: answer.soabi }),
      ...(answer.systemMachine !== undefined && { platformMachine: answer.systemMachine }),
    },
    isFreeThreaded: answer.isFreeThreaded,
    isDebug: answer.isDebug,
    executable: places.executable,
    systemExecutable: places.systemExecutable,
    realExecutable: places.realExecutable,
    prefix: places.prefix,
    basePrefix: answer.basePrefix,
    baseExecPrefix: answer.baseExecPrefix,
    stdlib: answer.stdlib,
    scheme: {
      scripts: scheme.scripts,
      purelib: scheme.purelib,
      platlib: scheme.platlib,
      stdlib: scheme.stdlib,
      // Below it lie directories for versions; they are created by anyone who puts headers there.
      include: scheme.include.replace(/\/.*/, ''),
    },
    ...(sharedLibrary !== undefined && { sharedLibrary: { name: sharedLibrary[0], directory: sharedLibrary[1] } }),
    ...(answer.framework && { framework: answer.framework }),
    abiFlags: answer.abiFlags,
    ...(answer.cacheTag !== undefined && { cacheTag: answer.cacheTag }),
    hasVenv: answer.hasVenv,
    isExternallyManaged: answer.isExternallyManaged,
    ...(listings.length > 0 && { listings: Object.fromEntries(listings) }),
    ...(tcl !== undefined && { tcl: { tclLibrary: tcl[0], tkLibrary: tcl[1] } }),
  };
}

/** GraalPy says of the language that it speaks that it is an alpha, in every release. */
function asRelease(version: PythonVersion): PythonVersion {
  return { ...version, releaseLevel: 'final', serial: 0 };
}

/** `sys.implementation.name` is in lower case. */
function properName(word: string): string {
  const id = findImplementation(word);
  return id === undefined ? word : implementations[id].name;
}

/**
 * What the build is for. A universal build of macOS runs as whatever the system is; a 32-bit build is given the name of
 * the 64-bit system below it.
 */
function machineOf(answer: Pick<Answer, 'buildPlatform' | 'systemMachine' | 'bits'>): string {
  const last = answer.buildPlatform.slice(answer.buildPlatform.lastIndexOf('-') + 1);
  const named = /^(?:universal2?|fat\d*|intel)$/.test(last) ? (answer.systemMachine ?? last) : last;
  const machine = unifyMachine(/^mingw/.test(named) ? (/x86_64|i686|aarch64/.exec(named)?.[0] ?? named) : named);
  if (answer.bits === 64) return machine;
  return machine === 'x86_64' ? 'x86' : machine === 'arm64' ? 'arm' : machine;
}
