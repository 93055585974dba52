import { WheelError } from '../wheel-error.ts';

/** Finds names that are one file on a system that ignores case or the form of accents, or a file and a directory at once. */
export class NameCheck {
  readonly #files = new Map<string, string>();
  readonly #directories = new Map<string, string>();

  add(name: string): void {
    const parts = name.replace(/\/$/, '').split('/');
    const depth = name.endsWith('/') ? parts.length : parts.length - 1;
    for (let count = 1; count <= depth; count += 1) this.#addDirectory(parts.slice(0, count).join('/'));
    if (!name.endsWith('/')) this.#addFile(name);
  }

  #addDirectory(path: string): void {
    const key = fold(path);
    const known = this.#directories.get(key);
    if (known === path) return;
    if (known !== undefined || this.#files.has(key)) throw new WheelError(`it holds \`${path}\` twice`);
    this.#directories.set(key, path);
  }

  #addFile(path: string): void {
    const key = fold(path);
    const known = this.#files.get(key) ?? this.#directories.get(key);
    if (known === path) throw new WheelError(`it holds \`${path}\` twice`);
    if (known !== undefined) throw new WheelError(`it holds \`${known}\` and \`${path}\`, which differ by case alone`);
    this.#files.set(key, path);
  }
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
