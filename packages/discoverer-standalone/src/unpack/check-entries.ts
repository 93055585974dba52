import { posix } from 'node:path';
import { archiveError } from './archive-error.ts';

/** What an entry of an archive is to become. */
export type Entry =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly isExecutable: boolean; readonly size: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** A second name of a file that came before. */
  | { readonly kind: 'copy'; readonly path: string; readonly of: string };

/** The header of an entry, as the library reads it. */
export interface Header {
  readonly name: string;
  readonly type?: string | undefined;
  readonly linkname?: string | undefined;
  readonly mode?: number | undefined;
  readonly size: number;
}

/** A Python has some 5,000. */
const MAX_ENTRIES = 50_000;
const MAX_BYTES = 2 * 1024 * 1024 * 1024;
/** The directory that everything in an `install_only` archive is in. */
const ROOT = 'python';

/** Looks at one entry after the other, and refuses what must not be unpacked. Paths are relative to the root, `''`. */
export class EntryCheck {
  readonly #foldsCase: boolean;
  /** By the name that the file system has for it. */
  readonly #kinds = new Map<string, Entry['kind']>([['', 'directory']]);
  #entries = 0;
  #bytes = 0;

  /** @param foldsCase whether names that differ by case alone are one file */
  constructor(foldsCase: boolean = process.platform === 'darwin' || process.platform === 'win32') {
    this.#foldsCase = foldsCase;
  }

  /**
   * What an entry is to become.
   *
   * @throws VivariumError `PYTHON_ARCHIVE_INVALID`
   */
  check(header: Header): Entry {
    this.#entries += 1;
    if (this.#entries > MAX_ENTRIES) throw archiveError(`it holds more than ${MAX_ENTRIES} entries`);
    const path = pathOf(header.name);
    const entry = entryOf(header, path);
    this.#bytes += entry.kind === 'file' ? entry.size : 0;
    if (this.#bytes > MAX_BYTES) throw archiveError(`it holds more than ${MAX_BYTES} bytes`);
    this.#addParents(path);
    if (entry.kind === 'copy' && this.#kinds.get(this.#key(entry.of)) !== 'file') {
      throw archiveError(`\`${header.name}\` is a second name of \`${header.linkname}\`, which is no file before it`);
    }
    this.#add(path, entry.kind);
    return entry;
  }

  /** Directories need not be entries of their own. Nothing is written through a link. */
  #addParents(path: string): void {
    const parts = path.split('/').slice(0, -1);
    for (let count = 1; count <= parts.length; count += 1) this.#add(parts.slice(0, count).join('/'), 'directory');
  }

  #add(path: string, kind: Entry['kind']): void {
    const key = this.#key(path);
    const known = this.#kinds.get(key);
    if (known !== undefined && !(known === 'directory' && kind === 'directory')) {
      throw archiveError(`it holds \`${path}\` twice, or as something to be written through`);
    }
    this.#kinds.set(key, kind);
  }

  #key(path: string): string {
    return this.#foldsCase ? path.normalize('NFC').toLowerCase() : path;
  }
}

function entryOf(header: Header, path: string): Entry {
  const { type = 'file', mode = 0o644, size, name, linkname = '' } = header;
  switch (type) {
    case 'directory':
      return { kind: 'directory', path };
    case 'file':
      if (path === '') throw archiveError(`\`${name}\` is no directory`);
      return { kind: 'file', path, isExecutable: (mode & 0o111) !== 0, size };
    case 'symlink':
      if (path === '') throw archiveError(`\`${name}\` is no directory`);
      return { kind: 'link', path, target: targetOf(path, linkname) };
    case 'link':
      return { kind: 'copy', path, of: pathOf(linkname) };
    default:
      throw archiveError(`\`${name}\` is neither a file, a directory nor a link (${type})`);
  }
}

/** The path of an entry below the root. */
function pathOf(name: string): string {
  const reason = whyUnsafe(name);
  if (reason !== undefined) throw archiveError(`\`${name}\` ${reason}`);
  const parts = name.replace(/^\.\//, '').replace(/\/$/, '').split('/');
  const [root, ...rest] = parts;
  if (root !== ROOT) throw archiveError(`\`${name}\` is not in the directory \`${ROOT}\``);
  return rest.join('/');
}

function whyUnsafe(name: string): string | undefined {
  if (name === '') return 'has no name';
  if (name.startsWith('/')) return 'is an absolute path';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(name)) return 'has a backslash or a control character in its name';
  if (/^[A-Za-z]:/.test(name) || (process.platform === 'win32' && name.includes(':')))
    return 'names a drive or a stream';
  const parts = name.replace(/^\.\//, '').replace(/\/$/, '').split('/');
  if (parts.includes('..')) return 'leaves the directory that it is unpacked into';
  if (parts.includes('') || parts.includes('.')) return 'has an empty part in its name';
  return undefined;
}

/**
 * Where a link leads. `..` may stand only before all other parts: there it goes up through directories, since no entry is
 * written through a link. Then no link, and no chain of them, leaves the root.
 */
function targetOf(path: string, target: string): string {
  const leads = `\`${path}\` is a link to \`${target}\`, which`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (target === '' || /[\\\u0000-\u001f\u007f]/.test(target)) throw archiveError(`${leads} is no path`);
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) throw archiveError(`${leads} is absolute`);
  const parts = target.split('/');
  const firstName = parts.findIndex((part) => part !== '..');
  const names = firstName === -1 ? [] : parts.slice(firstName);
  if (names.some((part) => part === '..' || part === '.' || part === ''))
    throw archiveError(`${leads} is not in its shortest form`);
  const resolved = posix.join(posix.dirname(path), target);
  if (resolved === '..' || resolved.startsWith('../'))
    throw archiveError(`${leads} leaves the directory that it is unpacked into`);
  return target;
}
