// The slow runs, of each of which `npm test` has a sample. The number of minutes can be given to those that go on for a
// time: `npm run test:soak -- 30`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringRuntimes } from './further-runtimes.mjs';
import { describeMachine } from './machine/describe.mjs';
import { installNeeds } from './machine/install.mjs';
import { root, run, setUp } from './set-up.mjs';

const [kind = '', given] = process.argv.slice(2);
const minutes = Number(given ?? 10);

/** @type {Readonly<Record<string, () => number>>} */
const RUNS = {
  /** Runs the library out of every bundler on every runtime. */
  bundles: () => endToEnd('test:bundles', { VIVARIUM_BUNDLES: 'all', VIVARIUM_RUNTIMES: bringRuntimes().variable }),
  /** Kills the command and lets its system calls fail everywhere. */
  faults: () => endToEnd('test:faults', { VIVARIUM_FAULTS: 'all' }),
  /** Gives everything that reads or quotes new random texts. */
  fuzz,
  /** Damages environments of all creators and lets `vivarium doctor` say how to fix them. */
  life: () => endToEnd('test:life', { VIVARIUM_LIFE: 'all' }),
  /** Installs what people install from PyPI, by locks of pip, uv and pdm, and compares it with what pip installs. */
  packages: () => endToEnd('test:packages', { VIVARIUM_PACKAGES: 'all' }),
  /** Lets many runs get in each other's way. */
  soak: () => endToEnd('test:soak', { VIVARIUM_SOAK_MINUTES: String(minutes) }),
};

const start = RUNS[kind];
if (start === undefined) {
  process.stderr.write(`test-long: say what to run: ${Object.keys(RUNS).join(', ')}\n`);
  process.exit(2);
}
setUp();
installNeeds();
process.stdout.write(`${describeMachine()}\n`);
process.exit(start());

/**
 * @param {string} script - of the end-to-end tests
 * @param {Readonly<Record<string, string>>} env
 */
function endToEnd(script, env) {
  return run('pnpm', ['--filter', '@vivarium/e2e', 'run', script], { env });
}

/** Every round draws other texts; the seed of a failure is printed with it. What has failed is left out from then on. */
function fuzz() {
  const suites = readdirSync(join(root, 'packages'))
    .map((name) => ({ name, directory: join(root, 'packages', name), files: filesWithProperties(name) }))
    .filter(({ files }) => files.length > 0);
  const failed = new Set();
  const end = Date.now() + minutes * 60_000;
  let rounds = 0;
  for (; Date.now() < end && failed.size < suites.length; rounds += 1) {
    for (const { name, directory, files } of suites.filter((suite) => !failed.has(suite.name))) {
      if (Date.now() >= end) break;
      const args = ['--dir', directory, 'exec', 'vitest', 'run', ...files];
      if (run('pnpm', args, { env: { VIVARIUM_FUZZ: 'true' } }) !== 0) failed.add(name);
    }
  }
  process.stdout.write(`fuzzed for ${minutes} minutes: ${rounds} rounds through ${suites.length} packages\n`);
  if (failed.size > 0) process.stdout.write(`failed: ${[...failed].join(', ')}\n`);
  return failed.size === 0 ? 0 : 1;
}

/**
 * Those that draw values themselves; the suites of the testkit draw more by `VIVARIUM_HOSTILE_NAMES`.
 *
 * @param {string} name
 */
function filesWithProperties(name) {
  const directory = join(root, 'packages', name, 'test');
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => readFileSync(join(directory, file), 'utf8').includes("from 'fast-check'"))
    .map((file) => join('test', file));
}
