import { lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from '@vivarium/core/internal';
import type { Receipt } from './receipt.ts';

/** The link that environments of a minor version are created with: `cpython-3.13t-x86_64-unknown-linux-gnu`. */
export function linkName({
  version,
  freeThreaded,
  platform,
}: Pick<Receipt, 'version' | 'freeThreaded' | 'platform'>): string {
  const [major, minor] = version.split('.');
  return `cpython-${major}.${minor}${freeThreaded ? 't' : ''}-${platform}`;
}

/**
 * Lets the link of a minor version lead to a build, in one step. Relative, so that a store can be moved; on Windows a
 * junction, which every user may create, and which has to be absolute and can't be replaced in one step.
 */
export function setMinorLink(
  store: string,
  build: Pick<Receipt, 'version' | 'freeThreaded' | 'platform'>,
  name: string,
): void {
  const link = join(store, linkName(build));
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isSymbolicLink()) throw new Error(`${link} is not a link`);
  const isWindows = process.platform === 'win32';
  const next = join(store, `.link-${temporaryName()}`);
  symlinkSync(isWindows ? join(store, name) : name, next, 'junction');
  try {
    if (isWindows) rmSync(link, { force: true });
    renameSync(next, link);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

/** Takes the link of a minor version away. */
export function removeMinorLink(store: string, build: Pick<Receipt, 'version' | 'freeThreaded' | 'platform'>): void {
  const link = join(store, linkName(build));
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(link, { force: true });
}
