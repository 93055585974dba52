import { chmodSync, constants, copyFileSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { systemCode } from '../error.ts';

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE } = constants;

/**
 * How blocks of a file are shared with its copy: `clone` does so or fails, `any` does so where the file system can, `copy`
 * leaves it to the system.
 */
export type Sharing = 'clone' | 'any' | 'copy';

const MODE: Readonly<Record<Sharing, number>> = { clone: COPYFILE_FICLONE_FORCE, any: COPYFILE_FICLONE, copy: 0 };

/**
 * Copies a file to where none is, with its permissions where the file system has such. Where the system's own way fails,
 * for whatever reason, the content is read and written.
 */
export function copyFile(source: string, path: string, sharing: Sharing): void {
  // Deno ignores the mode and copies.
  if (sharing === 'clone' && process.versions.deno !== undefined) {
    throw Object.assign(new Error(`Deno does not clone files: ${source}`), { code: 'ENOTSUP' });
  }
  try {
    copyFileSync(source, path, MODE[sharing] | COPYFILE_EXCL);
  } catch (error) {
    if (sharing === 'clone' || systemCode(error) === 'EEXIST') throw error;
    const contents = readFileSync(source);
    rmSync(path, { force: true });
    writeFileSync(path, contents, { flag: 'wx', mode: statSync(source).mode });
  }
}

/**
 * Copies a file with its times where the file system has such: byte code of Python 3.6 and older is good for the time of
 * its source alone, and is compiled again where that differs.
 */
export function copyWithTimes(source: string, path: string, sharing: Sharing): void {
  copyFile(source, path, sharing);
  const { atime, mtime } = statSync(source);
  try {
    utimesSync(path, atime, mtime);
  } catch {
    // Some file systems have times that can't be set.
  }
}

/** Sets permissions. Where the system refuses to, the file has to allow its owner as much already. */
export function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    const wanted = mode & 0o700;
    if ((statSync(path).mode & wanted) !== wanted) throw error;
  }
}
