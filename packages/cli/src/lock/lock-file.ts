import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { messageOf, VivariumError } from '@vivarium/core/host';
import { formatPylock, type LockedFile, type PackageSource, type Pylock, pylockName } from '@vivarium/pylock';

/**
 * Refuses a path under which no tool would take the file for a lock.
 *
 * @param source the option that names it
 * @throws VivariumError `LOCK_NAME_INVALID` (exit code 2)
 */
export function assertLockName(path: string, source: string): void {
  if (pylockName(basename(path)) !== undefined) return;
  throw new VivariumError('LOCK_NAME_INVALID', `${basename(path)} is not the name of a lock file`, {
    source,
    hint: 'Call it pylock.toml, or pylock.NAME.toml with a name that has no dot.',
  });
}

/**
 * Writes a lock; the file is there whole or not at all, and paths in it are relative to it.
 *
 * @param source the option that names the file
 * @throws VivariumError `LOCK_NOT_WRITTEN`
 */
export function writeLock(path: string, lock: Pylock, source: string): void {
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, lockText(lock, path), { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new VivariumError('LOCK_NOT_WRITTEN', `The lock ${path} can't be written: ${messageOf(error)}`, {
      cause: error,
      source,
      hint: 'Name a file in a directory that is there and that you may write to.',
    });
  }
}

/** The text of a lock as it is in a file, or without one with absolute paths. */
export function lockText(lock: Pylock, path?: string): string {
  return formatPylock(path === undefined ? lock : relativeTo(dirname(path), lock));
}

function relativeTo(directory: string, lock: Pylock): Pylock {
  const place = <Place extends { readonly path?: string }>(one: Place): Place => {
    if (one.path === undefined || !isAbsolute(one.path)) return one;
    return { ...one, path: relative(directory, one.path).replaceAll(sep, '/') || '.' };
  };
  const placed = (source: PackageSource): PackageSource => {
    if (source.kind === 'index') return source;
    if (source.kind !== 'files') return place(source);
    const sdist: { sdist?: LockedFile } = source.sdist === undefined ? {} : { sdist: place(source.sdist) };
    return { ...source, wheels: source.wheels.map(place), ...sdist };
  };
  return { ...lock, packages: lock.packages.map((locked) => ({ ...locked, source: placed(locked.source) })) };
}
