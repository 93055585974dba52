import { copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A tree of Python's of its own, which a test may change. */
export interface Tree {
  readonly executable: string;
  readonly stdlib: string;
}

/**
 * Makes an installation out of Debian's: the executable and `os.py` are copies, all else links. The copied executable
 * takes the tree for its own, since the landmark lies in it.
 */
export function treeOfPython(folder: string): Tree {
  const stdlib = join(folder, 'lib', 'python3.11');
  const executable = join(folder, 'bin', 'python3.11');
  mkdirSync(stdlib, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  copyFileSync('/usr/bin/python3.11', executable);
  symlinkSync('python3.11', join(folder, 'bin', 'python3'));
  for (const name of readdirSync('/usr/lib/python3.11')) {
    // Debian's sitecustomize would hide the one of a test.
    if (name === 'os.py' || name === 'sitecustomize.py') continue;
    symlinkSync(join('/usr/lib/python3.11', name), join(stdlib, name));
  }
  copyFileSync('/usr/lib/python3.11/os.py', join(stdlib, 'os.py'));
  return { executable, stdlib };
}
