import { fingerprint } from '@vivarium/core/internal';
import {
  type Environment,
  formatMinorVersion,
  formatVersion,
  type Interpreter,
  type PackageToInstall,
} from '@vivarium/core/plugin';
import { IMAGE_FORMAT } from './image.ts';

/** Names of the entries in the cache that hold one image: as it was unpacked, and with byte code. */
export interface ImageNames {
  readonly plain: string;
  /** Missing where the Python keeps no byte code. */
  readonly compiled?: string;
  /** The finished one once more, for environments that link to its directories. */
  readonly linked: string;
}

/**
 * All that an image depends on: the wheel, whether it was asked for, since RECORD lists the file that says so, and of the
 * Python its version, which names of scripts carry, and its directories, which RECORD names.
 */
export function imageNames(wanted: PackageToInstall, { interpreter, layout }: Environment): ImageNames {
  const { name, version, sha256, isRequested } = wanted;
  const { purelib, platlib, scripts, include } = layout;
  const python = [interpreter.os, interpreter.bits, interpreter.machine, formatMinorVersion(interpreter.version)];
  const target = [sha256, isRequested, ...python, purelib, platlib, scripts, include].join('\0');
  const stem = `${IMAGE_FORMAT}/${name}-${version}-${sha256.slice(0, 24)}-${fingerprint(target)}`;
  const tag = byteCodeTag(interpreter);
  const finished = tag === undefined ? stem : `${stem}-${tag}`;
  return {
    plain: `images/${stem}`,
    ...(tag === undefined ? {} : { compiled: `compiled/${finished}` }),
    linked: `linked/${finished}`,
  };
}

// Byte code differs by implementation and minor version, and before the final release by any version.
function byteCodeTag({ implementation, version, implementationVersion, cacheTag }: Interpreter): string | undefined {
  const tag = cacheTag ?? (version.major === 2 ? `${implementation.toLowerCase()}-2${version.minor}` : undefined);
  if (tag === undefined || !/^[\w.-]+$/.test(tag)) return undefined;
  const isSettled = version.releaseLevel === 'final' && implementation === 'CPython';
  return isSettled ? tag : `${tag}-${formatVersion(implementationVersion ?? version)}`;
}
