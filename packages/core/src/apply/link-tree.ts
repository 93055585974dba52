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
export function* linkTree(step: TreeStep, path: string, place: Place): Slices {
  makeDirectory(place.root, step.path);
  for (const directory of step.directories) makeDirectory(place.root, `${step.path}/${directory}`);
  const ways: Ways = { left: step.link, used: place.linkModes };
  for (const file of step.files) {
    yield;
    const source = `${step.source}/${file}`;
    putInPlace(`${path}/${file}`, place.isFresh, (name) => linkFile(source, name, ways));
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
  for (const [index, way] of left.entries()) {
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
