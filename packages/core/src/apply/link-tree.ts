import { linkSync, statSync, symlinkSync } from 'node:fs';
import { systemCode } from '../error.ts';
import type { LinkMode, TreeStep } from '../plan/step.ts';
import type { Slices } from '../slices.ts';
import { copyWithTimes } from './copy-file.ts';
import { makeDirectory } from './make-directory.ts';
import type { Place } from './place.ts';
import { putInPlace } from './put-in-place.ts';

const LINK: Readonly<Record<LinkMode, (source: string, path: string) => void>> = {
  reflink: (source, path) => copyWithTimes(source, path, 'clone'),
  hardlink: (source, path) => linkSync(source, path),
  copy: (source, path) => copyWithTimes(source, path, 'copy'),
  symlink: (source, path) => {
    // A link is created whether there is something behind it or not; a copy of nothing fails by itself.
    statSync(source);
    symlinkSync(source, path);
  },
};

/** Puts the files of a tree in, each in the first way that works; a way that fails once is not tried again. */
export function* linkTree(step: TreeStep, path: string, { root, isFresh, isDivided, linkModes }: Place): Slices {
  makeDirectory(root, step.path);
  for (const directory of step.directories) makeDirectory(root, `${step.path}/${directory}`);
  const ways: Ways = { left: step.link, used: linkModes };
  for (const file of step.files) {
    if (isDivided) yield;
    const source = `${step.source}/${file}`;
    if (isFresh) linkFile(source, `${path}/${file}`, ways);
    else putInPlace(`${path}/${file}`, false, (name) => linkFile(source, name, ways));
  }
}

interface Ways {
  /** Those that have not failed for good, in order. */
  left: readonly LinkMode[];
  /** Filled with those that worked. */
  readonly used: Set<LinkMode>;
}

/**
 * Links one file in the first way that works. What the system answers to one that does not differs between file systems
 * (`EXDEV`, `EPERM`, `ENODATA`, `EIO` …), so that every failure leads to the next way, and the last one tells what is wrong.
 */
function linkFile(source: string, path: string, ways: Ways): void {
  const { left } = ways;
  for (let index = 0; index < left.length; index += 1) {
    const way = left[index] as LinkMode;
    try {
      LINK[way](source, path);
      ways.used.add(way);
      return;
    } catch (error) {
      if (index === left.length - 1) throw error;
      // A file with too many links says nothing of the next one.
      if (systemCode(error) !== 'EMLINK') ways.left = left.slice(index + 1);
    }
  }
  throw new TypeError('A tree step needs at least one way to link');
}
