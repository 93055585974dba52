import { type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { VivariumError } from '@vivarium/core/plugin';

/** Everything in an environment, by paths relative to its root that are written with `/`; parents before children. */
export interface Contents {
  readonly directories: readonly string[];
  readonly files: readonly ContainedFile[];
  readonly links: readonly ContainedLink[];
  /** Sockets, FIFOs and devices, which cannot be copied. */
  readonly others: readonly string[];
}

/** A regular file. */
export interface ContainedFile {
  readonly path: string;
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
  /** Whether it has other names, in the cache or in other environments. */
  readonly isShared: boolean;
}

/** A symbolic link. */
interface ContainedLink {
  readonly path: string;
  /** As the link has it. */
  readonly target: string;
}

/**
 * Lists what is in an environment. Links are not followed.
 *
 * @throws VivariumError `ENVIRONMENT_NOT_READABLE` where a directory cannot be read: what cannot be seen cannot be taken
 *   along; or where another file system is mounted in it
 */
export function listContents(root: string): Contents {
  const found: Found = { directories: [], files: [], links: [], others: [] };
  list('', { root, found, dev: lstatSync(root).dev });
  return found;
}

type Found = { readonly [Kind in keyof Contents]: Contents[Kind][number][] };

interface Search {
  readonly root: string;
  readonly found: Found;
  readonly dev: number;
}

function list(directory: string, search: Search): void {
  const { root, found, dev } = search;
  for (const entry of entriesOf(join(root, directory))) {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isSymbolicLink()) found.links.push({ path, target: readlinkSync(join(root, path)) });
    else if (entry.isFile() || entry.isDirectory()) {
      const stats = lstatSync(join(root, path));
      if (stats.dev !== dev) throw notReadable(join(root, path), 'another file system is mounted there');
      if (entry.isFile()) {
        found.files.push({ path, bytes: stats.size, mode: stats.mode & 0o7777, isShared: stats.nlink > 1 });
      } else {
        found.directories.push(path);
        list(path, search);
      }
    } else found.others.push(path);
  }
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw notReadable(path, 'the system does not let this user read it', error);
  }
}

function notReadable(path: string, reason: string, cause?: unknown): VivariumError {
  return new VivariumError('ENVIRONMENT_NOT_READABLE', `${path} can't be taken along: ${reason}`, {
    ...(cause === undefined ? {} : { cause }),
    hint: 'Nothing was changed.',
  });
}
