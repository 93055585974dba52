import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** Finds links below a cache, where none are created: an entry is never read or written through one. */
export class LinkCheck {
  readonly #root: string;
  readonly #directories = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Whether one of the directories above an entry, or the entry itself, is a link. */
  isLinked(name: string): boolean {
    const parts = name.split('/');
    return parts.some((_, index) => {
      const path = parts.slice(0, index + 1).join('/');
      return index < parts.length - 1 ? this.#isLinkedDirectory(path) : isLink(join(this.#root, path));
    });
  }

  // Entries of a kind have their directories in common: each is checked once.
  #isLinkedDirectory(path: string): boolean {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const found = isLink(join(this.#root, path));
    this.#directories.set(path, found);
    return found;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}
