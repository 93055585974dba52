// Installs what the tests need, where that is possible: as root, on Debian or Ubuntu.
import { spawnSync } from 'node:child_process';
import { bringFish4 } from '../further-shells.mjs';
import { COMMANDS, findCommand, missingHeaders } from './needs.mjs';

/** Installs what is missing, and says what can't be installed. */
export function installNeeds() {
  const missing = Object.entries(COMMANDS).filter(([name]) => findCommand(name) === undefined);
  for (const [name, { goModule }] of missing) if (goModule !== undefined) installGoModule(name, goModule);
  installMissing([...missing.flatMap(([, command]) => command.package ?? []), ...missingHeaders()]);
  const reason = bringFish4();
  if (reason !== undefined) process.stdout.write(`not installed (${reason}): fish 4\n`);
}

/** @param {readonly string[]} packages */
function installMissing(packages) {
  if (packages.length === 0) return;
  if (process.getuid?.() !== 0 || findCommand('apt-get') === undefined) {
    process.stdout.write(`not installed (that needs root and apt-get): ${packages.join(' ')}\n`);
    return;
  }
  process.stdout.write(`installing ${packages.join(' ')}\n`);
  installPackages(packages);
}

/**
 * Installs packages of Debian.
 *
 * @param {readonly string[]} packages
 * @returns {boolean} whether all of them are installed now
 */
export function installPackages(packages) {
  aptGet(['update']);
  return aptGet(['install', '-y', '--no-install-recommends', ...packages]);
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const { status } = spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/**
 * Into a directory on PATH, and only where Go is there: without it nothing but the tests of this shell is skipped.
 *
 * @param {string} name
 * @param {string} goModule
 */
function installGoModule(name, goModule) {
  if (process.getuid?.() !== 0 || spawnSync('go', ['version']).error) {
    process.stdout.write(`not installed (that needs root and Go): ${name}\n`);
    return;
  }
  const env = { ...process.env, GOBIN: '/usr/local/bin' };
  spawnSync('go', ['install', goModule], { stdio: ['ignore', 'ignore', 'inherit'], env });
}
