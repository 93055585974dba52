/** A lock: every package that an environment may need, each with the files that it may be installed from (PEP 751). */
export interface Pylock {
  /** `1.0`, or a later minor version. */
  readonly lockVersion: string;
  /** The tool that wrote it. */
  readonly createdBy: string;
  /** A version specifier for the target's Python. */
  readonly requiresPython?: string;
  /** Markers, of which one has to hold. None at all means every environment. */
  readonly environments?: readonly string[];
  /** What can be asked for, normalized. */
  readonly extras: readonly string[];
  /** What can be asked for, normalized. */
  readonly dependencyGroups: readonly string[];
  /** The groups that are installed unless they are declined, normalized. */
  readonly defaultGroups: readonly string[];
  readonly packages: readonly LockedPackage[];
  /** What tools keep for themselves. It has no influence on what is installed. */
  readonly tool?: TomlTable;
  /** What it was read from, so that errors can name the line. */
  readonly origin?: LockOrigin;
}

/** The text that a lock was read from. */
export interface LockOrigin {
  readonly format: 'pylock' | 'requirements';
  /** As messages name it. */
  readonly file?: string;
  readonly text: string;
}

/** One package of a lock. */
export interface LockedPackage {
  /** Normalized. */
  readonly name: string;
  /** Missing where it is not known before the package is built. */
  readonly version?: string;
  /** Whether it is needed, as a marker that may name `extras` and `dependency_groups`. */
  readonly marker?: string;
  /** A version specifier for the target's Python. */
  readonly requiresPython?: string;
  /** For people and auditors alone: nothing is installed because of it. */
  readonly dependencies?: readonly TomlTable[];
  /** The index that the files are from. */
  readonly index?: string;
  /** Who may have published the files: each has a `kind`. */
  readonly attestationIdentities?: readonly TomlTable[];
  readonly tool?: TomlTable;
  readonly source: PackageSource;
}

/** Where a package is taken from. */
export type PackageSource = FilesSource | ArchiveSource | VcsSource | DirectorySource | IndexSource;

/** Wheels and a source distribution of one version; one of them at least. */
export interface FilesSource {
  readonly kind: 'files';
  readonly wheels: readonly LockedFile[];
  readonly sdist?: LockedFile;
}

/** A file whose content is known. It has a URL, a path, or both, of which the path goes first. */
export interface LockedFile {
  /** The name of the file, also where the document leaves it to the URL or path. */
  readonly name: string;
  readonly url?: string;
  /** With `/`, and relative to the lock unless it is absolute. */
  readonly path?: string;
  /** In bytes. */
  readonly size?: number;
  /** ISO 8601, in UTC. */
  readonly uploadTime?: string;
  readonly hashes: Hashes;
}

/** Digests in lower-case hexadecimal, by the name of the algorithm in lower case. One of them is secure. */
export type Hashes = Readonly<Record<string, string>>;

/** An archive of a source tree that is named by itself (PEP 610 calls it a direct URL). */
export interface ArchiveSource extends Omit<LockedFile, 'name'> {
  readonly kind: 'archive';
  readonly subdirectory?: string;
}

/** A commit of a repository. */
export interface VcsSource {
  readonly kind: 'vcs';
  /** `git`, `hg` … */
  readonly type: string;
  readonly url?: string;
  readonly path?: string;
  /** The branch or tag that led to the commit, for people. */
  readonly requestedRevision?: string;
  readonly commitId: string;
  readonly subdirectory?: string;
}

/** A source tree on this machine. */
export interface DirectorySource {
  readonly kind: 'directory';
  readonly path: string;
  readonly editable: boolean;
  readonly subdirectory?: string;
}

/**
 * A version on an index, as a requirements file names it: the file is not known, and its hash has to be one of several.
 * `pylock.toml` can not say that.
 */
export interface IndexSource {
  readonly kind: 'index';
  readonly hashes: readonly { readonly algorithm: string; readonly digest: string }[];
}

/** A table of TOML: values are texts, numbers (`bigint` for integers), booleans, dates, arrays and tables. */
export interface TomlTable {
  readonly [key: string]: unknown;
}

/** Something in a lock that does not keep it from being used. */
export interface LockWarning {
  /** The place in the document. */
  readonly path: string;
  readonly line: number | undefined;
  readonly message: string;
}
