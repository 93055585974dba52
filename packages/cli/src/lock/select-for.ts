import { release, version } from 'node:os';
import type { Interpreter, PackageListSource } from '@vivarium/core/host';
import { markerEnvironmentOf } from '@vivarium/packaging';
import { type Pylock, type Selection, selectPackages } from '@vivarium/pylock';

/** What is selected of a lock. */
export interface SelectionRequest {
  readonly lock: Pylock;
  /** The wheel tags of the interpreter, best first. */
  readonly tags: readonly string[];
  readonly source: Pick<PackageListSource, 'extras' | 'groups'>;
}

/**
 * The packages of a lock that an interpreter needs.
 *
 * @throws LockError what `selectPackages` throws
 */
export function selectFor(interpreter: Interpreter, { lock, tags, source }: SelectionRequest): Selection {
  const environment = markerEnvironmentOf(interpreter, systemOf(interpreter));
  return selectPackages(lock, { tags, environment, extras: source.extras, groups: source.groups });
}

// A marker can name the version of the kernel, which is not the interpreter's and can be another after each start.
function systemOf({ os, system }: Interpreter) {
  const isOwn = (os === 'nt') === (process.platform === 'win32');
  return isOwn ? { ...system, platformRelease: release(), platformVersion: version() } : system;
}
