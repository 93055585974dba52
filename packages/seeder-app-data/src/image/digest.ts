import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Slices } from '@vivarium/core/internal';
import { type ImageManifest, LINKED } from './image.ts';

/** A file by its path in an image's tree, with `/` between the parts. */
export interface DigestedFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** SHA-256 of paths, lengths and contents, in hexadecimal. The program that compiles computes the same. */
export function* digestOf(files: Iterable<DigestedFile>): Slices<string> {
  const hash = createHash('sha256');
  for (const { path, contents } of files) {
    yield;
    hash.update(`${path}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex');
}

/** Whether all files of an image have the contents that they were written with. */
export function* hasContents(directory: string, manifest: ImageManifest): Slices<boolean> {
  try {
    return (yield* digestOf(readFiles(directory, manifest))) === manifest.digest;
  } catch {
    // A file that can't be read is not what was written.
    return false;
  }
}

function* readFiles(directory: string, { tree, trees, linked }: ImageManifest): Generator<DigestedFile> {
  for (const { scheme, files } of [...trees, { ...linked, scheme: LINKED }]) {
    for (const file of files) {
      const path = `${scheme}/${file}`;
      yield { path, contents: readFileSync(`${directory}/${tree}/${path}`) };
    }
  }
}
