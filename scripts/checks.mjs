// The checks that everything has to pass before it is tested or published.
import { run, tool } from './set-up.mjs';

const CHECKS = [
  ['biome', 'check', '--error-on-warnings', '.'],
  ['turbo', 'run', 'check', '--log-prefix=none', '--concurrency=2'],
  ['knip'],
  ['changeset', 'status'],
  ['node', 'scripts/check-packages.mjs'],
  ['node', 'scripts/check-changesets.mjs'],
  ['node', 'scripts/reference.mjs', '--check'],
];

/** Runs all checks, and returns the number of those that failed; each is named. */
export function runChecks() {
  const failed = CHECKS.filter(([name, ...args]) => run(name === 'node' ? process.execPath : tool(name), args) !== 0);
  for (const check of failed) process.stderr.write(`check failed: ${check.join(' ')}\n`);
  return failed.length;
}
