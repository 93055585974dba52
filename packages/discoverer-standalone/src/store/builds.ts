import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '@vivarium/core/internal';
import { newerFirst, readVersion } from '../manifest/version.ts';
import { linkName, type Receipt, readReceipt } from './receipt.ts';

/** A managed Python in a store. */
export interface InstalledBuild extends Receipt {
  /** The name of its directory. */
  readonly name: string;
  /** Its directory, absolute. */
  readonly directory: string;
  /** The link of its minor version, absolute, where that leads to this build: environments are created with it. */
  readonly link?: string;
}

/** The Pythons in a store, newest first. What has no receipt is none of ours. */
export function listBuilds(store: string): readonly InstalledBuild[] {
  return namesIn(store)
    .filter((name) => name.startsWith('cpython-'))
    .flatMap((name): readonly InstalledBuild[] => {
      const directory = join(store, name);
      // The link of a minor version has another name than the receipt behind it.
      const receipt = readReceipt(directory, name);
      if (receipt === undefined) return [];
      const link = join(store, linkName(receipt));
      const isLinked = realPathOf(link) === realPathOf(directory);
      return [{ ...receipt, name, directory, ...(isLinked ? { link } : {}) }];
    })
    .sort(newest);
}

/** The executable of a Python, by the link of its minor version where that leads to it. */
export function executableOf({ link, directory, executable }: InstalledBuild): string {
  return join(link ?? directory, ...executable.split('/'));
}

/** Newest version first, and of one version the newest build. */
export function newest(one: Pick<Receipt, 'version' | 'build'>, other: Pick<Receipt, 'version' | 'build'>): number {
  const [a, b] = [readVersion(one.version), readVersion(other.version)];
  const order = a === undefined || b === undefined ? 0 : newerFirst(a, b);
  return order || (one.build < other.build ? 1 : -1);
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
