import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { systemCode } from '../error.ts';
import type { CopyStep, FileStep, RunStep, Step, SymlinkStep } from '../plan/step.ts';
import type { Slices } from '../slices.ts';
import { copyFile, setMode } from './copy-file.ts';
import { linkTree } from './link-tree.ts';
import { makeDirectory } from './make-directory.ts';
import type { Place } from './place.ts';
import { putInPlace } from './put-in-place.ts';
import { isThere, removingTree } from './remove.ts';

/** A step that starts no process. */
export type FileSystemStep = Exclude<Step, RunStep>;

type Apply<Kind extends FileSystemStep> = (step: Kind, path: string, place: Place) => Slices<unknown> | undefined;

/** How each kind of step is applied; the rest about the kinds is in `plan/step-kinds.ts`. */
const APPLY: { readonly [Kind in FileSystemStep['kind']]: Apply<Extract<FileSystemStep, { kind: Kind }>> } = {
  directory: whole((step, _, place) => makeDirectory(place.root, step.path)),
  file: whole(writeFile),
  symlink: whole(makeSymlink),
  copy: whole(doCopy),
  tree: linkTree,
  remove: (_, path) => removingTree(path),
};

/** Begins one step; what it returns is to be done in slices. */
export function doStep<Kind extends FileSystemStep>(step: Kind, place: Place): Slices<unknown> | undefined {
  return (APPLY[step.kind] as Apply<Kind>)(step, `${place.root}/${step.path}`, place);
}

/** A step that is too short to be divided. */
function whole<Kind extends FileSystemStep>(act: (step: Kind, path: string, place: Place) => void): Apply<Kind> {
  return (step, path, place) => {
    act(step, path, place);
    return undefined;
  };
}

function writeFile(step: FileStep, path: string, place: Place): void {
  if (step.existing === 'keep' && !place.isFresh && isThere(path)) return;
  withParent(step.path, place, () => {
    putInPlace(path, place.isFresh, (name) => writeNew(step, name));
  });
}

function writeNew({ contents, mode = 0o666 }: Pick<FileStep, 'contents' | 'mode'>, path: string): void {
  writeFileSync(path, contents, { flag: 'wx', mode });
}

function makeSymlink(step: SymlinkStep, path: string, place: Place): void {
  if (step.orDirectory && !place.isFresh && lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  withParent(step.path, place, () => {
    putInPlace(path, place.isFresh, (name) => {
      try {
        symlinkSync(step.target, name);
      } catch (error) {
        // File systems without symbolic links, and Windows without the privilege, answer this and that.
        if (step.orDirectory) mkdirSync(name);
        else if (step.orCopy !== undefined) copyFile(step.orCopy, name, 'any');
        else if (step.orFile !== undefined) writeNew(step.orFile, name);
        else throw error;
      }
    });
  });
}

function doCopy(step: CopyStep, path: string, place: Place): void {
  withParent(step.path, place, () => {
    putInPlace(path, place.isFresh, (name) => {
      // Cloned where the file system can do that: an interpreter's library has tens of megabytes.
      copyFile(step.source, name, 'any');
      if (step.mode !== undefined) setMode(name, step.mode);
    });
  });
}

// Plans name the directories they need; one that a plan forgot costs a second try and not a check for each file.
function withParent(path: string, { root }: Place, write: () => void): void {
  try {
    write();
  } catch (error) {
    const parent = posix.dirname(path);
    if (systemCode(error) !== 'ENOENT' || isThere(`${root}/${parent}`)) throw error;
    makeDirectory(root, parent);
    write();
  }
}
