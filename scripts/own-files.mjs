// Which files of this clone are the project's: what git tracks or would track, and nothing that someone created here
// with the command, whatever it is called.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './set-up.mjs';

/**
 * The paths of the project's files, relative to the root. Outside of a git repository there is no way to tell.
 * @returns {readonly string[] | undefined}
 */
export function ownFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) return undefined;
  const paths = stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return paths.filter((path) => !isInEnvironment(dirname(path)));
}

/** @type {Map<string, boolean>} */
const known = new Map([['.', false]]);

/**
 * Whether a directory is a Python environment or inside one. Not every environment brings a `.gitignore`.
 * @param {string} directory
 * @returns {boolean}
 */
function isInEnvironment(directory) {
  const found =
    known.get(directory) ?? (existsSync(join(root, directory, 'pyvenv.cfg')) || isInEnvironment(dirname(directory)));
  known.set(directory, found);
  return found;
}
