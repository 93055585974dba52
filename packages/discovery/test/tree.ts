import { copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { systemMinor } from './pythons.ts';

/** A tree of Python's of its own, which a test may change. */
export interface Tree {
  readonly executable: string;
  readonly stdlib: string;
}

/**
 * Makes an installation out of Debian's: the executable and `os.py` are copies, all else links. The copied executable
 * takes the tree for its own, since the landmark is in it.
 */
export function treeOfPython(directory: string): Tree {
  const name = `python${systemMinor}`;
  const stdlib = join(directory, 'lib', name);
  const executable = join(directory, 'bin', name);
  mkdirSync(stdlib, { recursive: true });
  mkdirSync(join(directory, 'bin'));
  copyFileSync(join('/usr/bin', name), executable);
  symlinkSync(name, join(directory, 'bin', 'python3'));
  for (const entry of readdirSync(join('/usr/lib', name))) {
    // Debian's sitecustomize would hide the one of a test.
    if (entry === 'os.py' || entry === 'sitecustomize.py') continue;
    symlinkSync(join('/usr/lib', name, entry), join(stdlib, entry));
  }
  copyFileSync(join('/usr/lib', name, 'os.py'), join(stdlib, 'os.py'));
  return { executable, stdlib };
}
