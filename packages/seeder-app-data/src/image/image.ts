import { type Environment, formatMinorVersion } from '@vivarium/core/plugin';
import type { Scheme } from '@vivarium/wheel-resolver/reading';

/** Files of an image in one directory, and what the file system said of each when the image was finished. */
export interface ImageFiles {
  /** Parents before children. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
  /** Bytes of each file. */
  readonly sizes: readonly number[];
  /** `st_mode` of each file: its type and permissions. */
  readonly modes: readonly number[];
}

/** Files of an image that go to one place of a scheme; they are below `<tree>/<scheme>` in the image's directory. */
export interface ImageTree extends ImageFiles {
  readonly scheme: Scheme;
}

/** A command that calls a function (`console_scripts` of the entry points specification). */
export interface ConsoleScript {
  readonly name: string;
  readonly module: string;
  /** What to call in it; dots lead further in. */
  readonly attribute: string;
  /** It has a window of its own (`gui_scripts`), so that Windows opens no console for it. */
  readonly isGui?: true;
}

/** A script of the wheel's own that begins with `#!python`. */
export interface OwnScript {
  readonly name: string;
  /** The text after the first line. */
  readonly body: string;
  /** What follows `#!python` in the first line: `-u`. */
  readonly options?: string;
  /** It begins with `#!pythonw`. */
  readonly isGui?: true;
}

/** What an image holds; it is written down in it as JSON, last of all. */
export interface ImageManifest {
  readonly format: typeof IMAGE_FORMAT;
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the wheel, in hexadecimal. */
  readonly sha256: string;
  /** When the machine was started on which it was unpacked, in seconds since 1970. */
  readonly started: number;
  /**
   * When each file was changed last, in milliseconds since 1970: all are given the same time, in whole seconds, which
   * every file system keeps. `null` where one doesn't: contents are then compared instead of times.
   */
  readonly mtime: number | null;
  /** SHA-256 of all paths and contents, in hexadecimal. */
  readonly digest: string;
  /** The directory in the image that holds the files, `pip-26.3.image`: a name that can also be next to the packages. */
  readonly tree: string;
  readonly trees: readonly ImageTree[];
  /** The `.dist-info` for linking by name, in the directory {@link LINKED}. */
  readonly linked: ImageFiles;
  /** Where the `.dist-info` directory is. */
  readonly root: 'purelib' | 'platlib';
  /** Name of the `.dist-info` directory. */
  readonly distInfo: string;
  readonly consoleScripts: readonly ConsoleScript[];
  readonly ownScripts: readonly OwnScript[];
}

/** The file in a `.dist-info` that says which wheel it is from and where that came from; each environment has its own. */
export const RECEIPT = 'vivarium.json';

/** The file in an image's directory that lists everything. */
export const MANIFEST = 'manifest.json';

/** The directory next to those of the schemes that holds the `.dist-info` for linking by name. */
export const LINKED = 'linked';

/** Whether a path below site-packages is right in a directory there, such as the `.dist-info`. */
export function isTopLevel(path: string): boolean {
  return path.split('/').length === 2;
}

/** The name of the directory in an image that holds the files. */
export function treeName(distInfo: string): string {
  return distInfo.replace(/\.dist-info$/, '.image');
}

/** Raised when a release builds images in another way; images of another format are left alone. */
export const IMAGE_FORMAT = 3;

/** A wheel in the cache, unpacked for one kind of Python. */
export interface Image {
  /** Absolute. */
  readonly directory: string;
  /** The directory goes away when the run ends. */
  readonly isTemporary: boolean;
  /** No Python will add byte code to it: that is there, or the Python keeps none. */
  readonly isComplete: boolean;
  /** Environments link to its directories by name: no process may write to it. */
  readonly isLinkedByName: boolean;
  readonly manifest: ImageManifest;
}

/** Where a scheme's files go in an environment, relative to its root. */
export function schemeDirectory(
  scheme: Scheme,
  { layout, interpreter }: Pick<Environment, 'layout' | 'interpreter'>,
  name: string,
): string {
  if (scheme === 'data') return '.';
  // Headers have a directory for each Python and distribution, as pip has it in environments.
  const { version } = interpreter;
  return scheme === 'headers' ? `${layout.include}/site/python${formatMinorVersion(version)}/${name}` : layout[scheme];
}
