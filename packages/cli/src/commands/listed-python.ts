import { realpathSync } from 'node:fs';
import { formatVersion, type PythonVersion } from '@vivarium/core/host';
import type { Listed } from '@vivarium/discovery';
import { isPastEndOfLife } from '@vivarium/environments';

/** A Python of this machine, as `vivarium pythons --json` prints it; `output.schema.json` says what each part means. `null` stands for what there is not. */
export interface ListedPython {
  readonly executable: string;
  readonly linksTo: string | null;
  readonly source: string;
  readonly implementation: string;
  readonly implementationVersion: string | null;
  readonly version: string;
  readonly versionParts: PythonVersion;
  readonly platform: string;
  readonly machine: string;
  readonly bits: 32 | 64;
  readonly libc: 'glibc' | 'musl' | null;
  readonly isFreeThreaded: boolean;
  readonly isDebug: boolean;
  readonly isEnvironment: boolean;
  readonly isExternallyManaged: boolean;
  readonly isPastEndOfLife: boolean;
  readonly prefix: string;
  readonly systemExecutable: string;
}

/** What has the name of a Python and can't be used. */
export interface NoPython {
  readonly executable: string;
  readonly source: string;
  readonly failure: { readonly code: string; readonly message: string };
}

/** What is told of a Python that was found. */
export function describePython(listed: Extract<Listed, { readonly interpreter: unknown }>): ListedPython {
  const { executable, source, isEnvironment } = listed;
  const { implementationVersion, libc, ...interpreter } = listed.interpreter;
  const real = realpathSync.native(executable);
  return {
    executable,
    linksTo: real === executable ? null : real,
    source,
    implementation: interpreter.implementation,
    implementationVersion: implementationVersion === undefined ? null : formatVersion(implementationVersion),
    version: formatVersion(interpreter.version),
    versionParts: interpreter.version,
    platform: interpreter.platform,
    machine: interpreter.machine,
    bits: interpreter.bits,
    libc: libc ?? null,
    isFreeThreaded: interpreter.isFreeThreaded,
    isDebug: interpreter.isDebug,
    isEnvironment,
    // The mark of PEP 668 is about the base. An environment of it is there to be installed into.
    isExternallyManaged: interpreter.isExternallyManaged && !isEnvironment,
    isPastEndOfLife: isPastEndOfLife(interpreter.version, new Date()),
    prefix: interpreter.prefix,
    systemExecutable: interpreter.systemExecutable,
  };
}

/** What is told of something that can't be used. */
export function describeFailure(listed: Extract<Listed, { readonly failure: unknown }>): NoPython {
  const { executable, source, failure } = listed;
  return { executable, source, failure: { code: failure.code, message: failure.message } };
}

const LEVELS = ['alpha', 'beta', 'candidate', 'final'] as const;

/** Newest first. Of one version: CPython, what is not an environment, and the usual build first. */
export function newestFirst(one: ListedPython, other: ListedPython): number {
  const [a, b] = [one.versionParts, other.versionParts];
  return (
    b.major - a.major ||
    b.minor - a.minor ||
    b.micro - a.micro ||
    LEVELS.indexOf(b.releaseLevel) - LEVELS.indexOf(a.releaseLevel) ||
    b.serial - a.serial ||
    Number(one.implementation !== 'CPython') - Number(other.implementation !== 'CPython') ||
    Number(one.isEnvironment) - Number(other.isEnvironment) ||
    Number(one.isFreeThreaded) - Number(other.isFreeThreaded) ||
    Number(one.isDebug) - Number(other.isDebug)
  );
}
