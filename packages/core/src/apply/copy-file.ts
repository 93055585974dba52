import { chmodSync, constants, copyFileSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { systemCode } from '../error.ts';

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE } = constants;

/**
 * How blocks of a file are shared with its copy: `clone` does so or fails, `any` does so where the file system can, `copy`
 * leaves it to the system.
 */
export type Sharing = 'clone' | 'any' | 'copy';

const MODE: Readonly<Record<Sharing, number>> = { clone: COPYFILE_FICLONE_FORCE, any: COPYFILE_FICLONE, copy: 0 };

/** Copies a file to where none is, with its permissions where the file system has such. */
export function copyFile(source: string, path: string, sharing: Sharing): void {
  try {
    copyFileSync(source, path, MODE[sharing] | COPYFILE_EXCL);
  } catch (error) {
    if (sharing === 'clone' || !isWithoutPermissions(error)) throw error;
    rmSync(path, { force: true });
    writeFileSync(path, readFileSync(source), { flag: 'wx', mode: statSync(source).mode });
  }
}

/** Copies a file with its times: byte code of Python 3.6 and older is good for the time of its source alone. */
export function copyWithTimes(source: string, path: string, sharing: Sharing): void {
  copyFile(source, path, sharing);
  const { atime, mtime } = statSync(source);
  utimesSync(path, atime, mtime);
}

/** Sets permissions where the file system has such. */
export function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!isWithoutPermissions(error)) throw error;
  }
}

// What such file systems answer, FAT for one, to the call that sets them.
function isWithoutPermissions(error: unknown): boolean {
  return ['ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM'].includes(systemCode(error) ?? '');
}
