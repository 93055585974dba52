// A newer fish than Debian 12 has, from another suite, in a directory of its own below `node_modules/.cache/shells`.
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { linkToOwnLibraries, unpackPackages } from './debian-suites.mjs';
import { root } from './set-up.mjs';

const cache = join(root, 'node_modules', '.cache', 'shells');

/** Where fish 4 is, if it is here. The tests of the activator for fish look for it in this place. */
export const FISH_4 = join(cache, 'fish-4', 'usr/bin/fish');

const PACKAGES = ['fish', 'fish-common', 'libc6', 'libgcc-s1', 'libpcre2-32-0', 'libpcre2-8-0'];

/** Unpacks fish 4 where it is missing; returns the reason if it can't be had. */
export function bringFish4() {
  if (existsSync(FISH_4)) return undefined;
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is made for Linux on x86_64';
  const directory = join(cache, 'fish-4');
  const unfinished = `${directory}.unfinished`;
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    unpackPackages('sid', unfinished, PACKAGES);
    // Until 4.0 fish looks for its data below its own prefix.
    symlinkSync('../etc', join(unfinished, 'usr/etc'));
    rmSync(directory, { recursive: true, force: true });
    renameSync(unfinished, directory);
    linkToOwnLibraries(directory, FISH_4);
    return undefined;
  } catch (error) {
    for (const one of [unfinished, directory]) rmSync(one, { recursive: true, force: true });
    return error instanceof Error ? error.message : String(error);
  }
}
