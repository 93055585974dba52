// The checks that everything has to pass before it is tested or published.
import { run, tool } from './set-up.mjs';

const CHECKS = [
  ['biome', 'check', '--error-on-warnings', '.'],
  ['turbo', 'run', 'build', '--log-prefix=none', '--concurrency=2'],
  // All packages as one program: one by one, each would read and check again what it uses.
  ['tsc'],
  ['knip'],
  ['cspell', 'lint', '--quiet', '--dot', '--cache', '--cache-location', 'node_modules/.cache/cspell', '.'],
  ['changeset', 'status'],
  ['node', 'scripts/check-packages.mjs'],
  ['node', 'scripts/check-changesets.mjs'],
  ['node', 'scripts/reference.mjs', '--check'],
];

/** Runs all checks, and returns those that failed, as one would type them. */
export function runChecks() {
  const failed = CHECKS.filter(([name, ...args]) => run(name === 'node' ? process.execPath : tool(name), args) !== 0);
  return failed.map((check) => check.join(' '));
}
