// Brings a fresh clone to the point where everything can be built, with nothing but Node, npm and a Python on the
// machine: the workspace's dependencies (pnpm comes by npx), the seed wheels, the build. Each part is skipped when it
// was done before from the same sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stampFile = join(root, 'node_modules', '.set-up');

/** Installs, fetches and builds what is missing; ends the process with a sentence when that is impossible. */
export function setUp() {
  installDependencies();
  runOrExit('fetch the seed wheels', process.execPath, ['packages/seed-wheels/scripts/fetch-wheels.mjs']);
  runOrExit(
    'build',
    tool('turbo'),
    ['run', 'build', '--concurrency=2', '--output-logs=errors-only', '--log-prefix=none'],
    {
      quietly: true,
    },
  );
}

/**
 * The path of a tool that the workspace has installed.
 *
 * @param {string} name
 */
export function tool(name) {
  return join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/**
 * The variables that tools are started with.
 *
 * @param {NodeJS.ProcessEnv} more
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(more = {}) {
  return {
    ...process.env,
    // The task runner looks for the workspace's own pnpm on PATH.
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: '1',
    ...more,
  };
}

/**
 * Runs a command in the workspace's root and returns its exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly quietly?: boolean, readonly env?: NodeJS.ProcessEnv }} options
 * @returns {number}
 */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: options.quietly ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: environment(options.env),
  });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status ?? 1;
}

/**
 * @param {string} purpose
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly quietly?: boolean }} options
 */
function runOrExit(purpose, command, args, { quietly = false } = {}) {
  if (run(command, args, { quietly }) === 0) return;
  if (quietly) run(command, args);
  process.stderr.write(`set-up: could not ${purpose}; what went wrong is above\n`);
  process.exit(1);
}

/** Installs the dependencies of the workspace, unless these very ones are installed. */
export function installDependencies() {
  const sources = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) =>
    readFileSync(join(root, name)),
  );
  const stamp = createHash('sha256').update(Buffer.concat(sources)).update(process.version).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  process.stderr.write('set-up: installing the workspace\n');
  const pnpm = manifest.packageManager.split('+')[0];
  runOrExit('install the workspace', 'npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    quietly: true,
  });
  writeFileSync(stampFile, stamp);
}
