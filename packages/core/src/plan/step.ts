/** How the files of a tree get from the cache into an environment; the first way that works is taken. */
export type LinkMode = 'reflink' | 'hardlink' | 'copy' | 'symlink';

/** Something that a package brings. */
interface PartOfPackage {
  /** The normalized name of the package; missing for what belongs to the environment itself. */
  readonly package?: string;
}

/** A directory; parents are created as well. */
export interface DirectoryStep {
  readonly kind: 'directory';
  readonly path: string;
}

/** A file with the given text, in UTF-8. */
export interface FileStep extends PartOfPackage {
  readonly kind: 'file';
  readonly path: string;
  readonly contents: string;
  /** Permission bits before the umask. @default 0o666 */
  readonly mode?: number;
  /** What happens to a file that is there already. @default 'replace' */
  readonly existing?: 'replace' | 'keep';
}

/**
 * A symbolic link. A place without symbolic links gets a copy of a file with `orCopy`, a file of its own with `orFile`,
 * and with `orDirectory` a directory; a directory that exists already stays then.
 */
export interface SymlinkStep extends PartOfPackage {
  readonly kind: 'symlink';
  readonly path: string;
  /** What the link says: an absolute path, or one relative to the link's directory. */
  readonly target: string;
  /** The absolute path of the file to copy where links can't be created; without it the failure is final. */
  readonly orCopy?: string;
  readonly orFile?: Pick<FileStep, 'contents' | 'mode'>;
  readonly orDirectory?: true;
}

/** A copy of a file with its permission bits. */
export interface CopyStep extends PartOfPackage {
  readonly kind: 'copy';
  readonly path: string;
  /** Absolute. */
  readonly source: string;
  /** Permission bits of the copy; without it, those of the source. */
  readonly mode?: number;
}

/** Many files out of one immutable directory of the cache, listed, so that nothing has to be walked. */
export interface TreeStep extends PartOfPackage {
  readonly kind: 'tree';
  /** The directory in the environment that the tree is put into. */
  readonly path: string;
  /** The directory that holds the files, absolute. */
  readonly source: string;
  /** Directories below `path` to be created, parents before children. */
  readonly directories: readonly string[];
  /** Files below `source`, to stand at the same place below `path`. */
  readonly files: readonly string[];
  /** Ways to try, in this order. */
  readonly link: readonly LinkMode[];
}

/** A file or a whole directory that is to go. What isn't there is no error. */
export interface RemoveStep {
  readonly kind: 'remove';
  readonly path: string;
}

/**
 * A process. At the `destination` it is started when everything before it exists; if the run is killed then, a
 * half-created environment is left. In the `staging` directory the environment has not appeared yet, so whatever
 * happens is not seen by anybody: a word of the command, or a variable of `env`, that is the destination or begins with
 * it and a separator then stands for the same place in the staging directory. What the process writes must not depend
 * on that.
 */
export interface RunStep {
  readonly kind: 'run';
  /** @default 'destination' */
  readonly place?: 'staging' | 'destination';
  /** The executable, absolute, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Variables set for it besides those that it inherits; `null` takes one away. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** What it does, for messages: `install the seed packages with pip`. */
  readonly purpose: string;
  /** What the last line of its output has to be. A process that ends well without having said this has failed. */
  readonly answer?: string;
  /** After how many seconds it counts as failed. @default none */
  readonly timeLimit?: number;
}

/**
 * One thing that is done to create an environment. `path` is relative to the environment's root and is written with `/`
 * on every platform; it never leaves the root. Steps are done in order. Those before the first `run` at the destination
 * are done in a staging directory; that one and what follows it are done at the destination.
 */
export type Step = DirectoryStep | FileStep | SymlinkStep | CopyStep | TreeStep | RemoveStep | RunStep;
