// The checks that everything has to pass before it is tested or published.
import { spawn } from 'node:child_process';
import { ownFiles } from './own-files.mjs';
import { environment, root, tool } from './set-up.mjs';

const files = ownFiles() ?? ['.'];

/**
 * By name: the command. `npm run check -- biome knip` runs some of them.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const CHECKS = {
  // All packages as one program: one by one, each would read and check again what it uses. It takes longest.
  types: ['tsc'],
  biome: ['biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched', ...files],
  words: [
    'cspell',
    'lint',
    '--quiet',
    '--dot',
    '--no-must-find-files',
    '--cache',
    '--cache-location',
    'node_modules/.cache/cspell',
    ...files,
  ],
  knip: ['knip', '--no-config-hints'],
  changesets: ['changeset', 'status'],
  metadata: ['node', 'scripts/metadata.mjs', '--check'],
  packages: ['node', 'scripts/check-packages.mjs'],
  'changesets-name-the-command': ['node', 'scripts/check-changesets.mjs'],
  reference: ['node', 'scripts/reference.mjs', '--check'],
  'api-reports': ['node', 'scripts/api-report.mjs', '--check'],
};

/**
 * Runs checks, two at a time.
 *
 * @param {readonly string[]} names - all of them if there are none
 * @returns {Promise<readonly string[]>} those that failed, as one would type them
 */
export async function runChecks(names = []) {
  const unknown = names.filter((name) => !(name in CHECKS));
  if (unknown.length > 0) throw new Error(`unknown check ${unknown.join(', ')}; ${Object.keys(CHECKS).join(', ')}`);
  const waiting = Object.keys(CHECKS).filter((name) => names.length === 0 || names.includes(name));
  /** @type {string[]} */
  const failed = [];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!(await passes(name, CHECKS[name] ?? []))) failed.push(`npm run check -- ${name}`);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}

/**
 * Runs a check, and prints what it says when it is over.
 *
 * @param {string} name
 * @param {readonly string[]} command
 * @returns {Promise<boolean>}
 */
function passes(name, [command = '', ...args]) {
  const startedAt = performance.now();
  const program = command === 'node' ? process.execPath : tool(command);
  const child = spawn(program, args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => {
    child.on('error', (error) => (said += `${error.message}\n`));
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(`${said}check ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
      resolve(code === 0);
    });
  });
}
