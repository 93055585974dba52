import { implementationEntries } from '../implementations.ts';

/** Whether a script of this name is one that every environment has for itself, and no package may replace. */
export function isOwnName(name: string): boolean {
  return OWN.test(name.replace(/\.exe$/i, ''));
}

// The interpreter's own names and those of the activation scripts, on file systems that ignore case as well.
const EXECUTABLES = implementationEntries.flatMap(([, { executables }]) => executables).join('|');
const OWN = new RegExp(`^(?:${EXECUTABLES})[\\d.]*[td]?$|^(?:activate|deactivate)(?:\\.|$)|^activate_this\\.py$`, 'i');

/** Whether a path, relative to the root of an environment, is a file there that no package may bring. */
export function isOwnFile(path: string): boolean {
  return OWN_FILES.has(path.toLowerCase());
}

const OWN_FILES: ReadonlySet<string> = new Set(['pyvenv.cfg', 'cachedir.tag', '.gitignore']);
