import { formatVersion, type Interpreter, type Spec, type Support, type VersionSpec } from '@vivarium/core/plugin';
import { isInRange } from './range.ts';

/**
 * Whether an interpreter is what a spec asks for. A path is satisfied by whatever is there; the search takes care
 * that it is the right file.
 *
 * @returns `true`, or a clause that completes "is not taken because …"
 */
export function matchesSpec(interpreter: Interpreter, spec: Spec): Support {
  const reason = spec.kind === 'path' ? undefined : whyNot(interpreter, spec);
  return reason === undefined ? true : { reason };
}

/** What is asked of an interpreter; what isn't known of it is not asked. */
export type Matched = Pick<Interpreter, 'implementation' | 'version' | 'isFreeThreaded' | 'isDebug'> &
  Partial<Pick<Interpreter, 'bits' | 'machine' | 'platform' | 'libc' | 'implementationVersion'>>;

/** Why an interpreter is not what a spec asks for: a clause that completes "is not taken because …". */
export function whyNot(interpreter: Matched, spec: VersionSpec): string | undefined {
  const { bits = spec.bits, machine = spec.machine, platform = spec.platform, libc = spec.libc } = interpreter;
  if (spec.implementation !== undefined && interpreter.implementation.toLowerCase() !== spec.implementation) {
    return `it is ${interpreter.implementation}`;
  }
  if (!matchesVersion(interpreter, spec)) return `its version is ${formatVersion(interpreter.version)}`;
  if (spec.isFreeThreaded !== undefined && interpreter.isFreeThreaded !== spec.isFreeThreaded) {
    return interpreter.isFreeThreaded ? 'it is free-threaded' : 'it is not free-threaded';
  }
  if (spec.isDebug !== undefined && interpreter.isDebug !== spec.isDebug) {
    return interpreter.isDebug ? 'it is a debug build' : 'it is not a debug build';
  }
  if (spec.bits !== undefined && bits !== spec.bits) return `it is a ${bits}-bit build`;
  if (spec.machine !== undefined && machine !== spec.machine) return `it is for ${machine}`;
  if (spec.platform !== undefined && platform !== spec.platform) return `it is for ${platform}`;
  if (spec.libc !== undefined && libc !== spec.libc) return `it is built for ${libc}`;
  return whyNotRelease(interpreter, spec);
}

/** Of PyPy and others, which are numbered apart from the language: `7.3` is any 7.3.x. */
function whyNotRelease({ implementation, implementationVersion: own }: Matched, spec: VersionSpec): string | undefined {
  const { implementationVersion: asked } = spec;
  if (asked === undefined || own === undefined) return undefined;
  const release = formatVersion(own);
  return release === asked || release.startsWith(`${asked}.`) ? undefined : `it is ${implementation} ${release}`;
}

function matchesVersion({ version }: Matched, spec: VersionSpec): boolean {
  if (spec.range !== undefined) return isInRange(version, spec.range);
  return (['major', 'minor', 'micro'] as const).every(
    (part) => spec[part] === undefined || spec[part] === version[part],
  );
}
