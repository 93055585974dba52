import { linkSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { systemCode } from '../error.ts';
import type { LinkMode, TreeStep } from '../plan/step.ts';
import { copyWithTimes } from './copy-file.ts';
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

// "This can't be done here", as different from "the disk is full": two file systems, no such operation, not allowed,
// too many links to one file.
const NOT_THIS_WAY: ReadonlySet<string> = new Set([
  'EXDEV',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'ENOTTY',
  'EINVAL',
  'EPERM',
  'EACCES',
  'EMLINK',
]);

/** Puts the files of a tree in, each in the first way that works; a way that fails once is not tried again. */
export function linkTree(step: TreeStep, path: string, place: Place): void {
  mkdirSync(path, { recursive: true });
  for (const directory of step.directories) {
    if (place.isFresh) mkdirIfMissing(`${path}/${directory}`);
    else mkdirSync(`${path}/${directory}`, { recursive: true });
  }
  let ways = step.link;
  for (const file of step.files) {
    const source = `${step.source}/${file}`;
    if (place.isFresh) ways = linkFile(source, `${path}/${file}`, ways);
    else {
      putInPlace(`${path}/${file}`, false, (name) => {
        ways = linkFile(source, name, ways);
      });
    }
  }
  const [way] = ways;
  if (way !== undefined && step.files.length > 0) place.linkModes.add(way);
}

/** Links one file and returns the ways that are left, the one that worked first. */
function linkFile(source: string, path: string, ways: readonly LinkMode[]): readonly LinkMode[] {
  const [way, ...others] = ways;
  if (way === undefined) throw new TypeError('A tree step needs at least one way to link');
  try {
    LINK[way](source, path);
    return ways;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (others.length === 0 || !NOT_THIS_WAY.has(code)) throw error;
    const rest = linkFile(source, path, others);
    // A file with too many links says nothing of the next one.
    return code === 'EMLINK' ? ways : rest;
  }
}

// Two trees may share a directory.
function mkdirIfMissing(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}
