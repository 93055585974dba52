// Runs the tests in the oldest Nushell that is supported, in the newest, and in those between that npm has:
//   node scripts/test-versions.mjs [version …]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = ['0.101.0', '0.107.0', '0.108.0', '0.109.1', '0.114.0', '0.114.1', '0.115.0', '0.115.1'];
const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;

const directory = mkdtempSync(join(tmpdir(), 'vivarium-nushell-'));
const failed = versions.filter((version) => !passes(version));
rmSync(directory, { recursive: true });
process.stdout.write(failed.length === 0 ? `all pass: ${versions.join(', ')}\n` : `failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {string} version */
function passes(version) {
  const prefix = join(directory, version);
  const install = ['install', '--no-save', '--ignore-scripts', '--prefix', prefix, `@nushell/linux-x64@${version}`];
  if (spawnSync('npm', install, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return false;
  const program = join(prefix, 'node_modules/@nushell/linux-x64/bin/nu');
  const env = { ...process.env, VIVARIUM_TEST_NU: program };
  const { status } = spawnSync('npx', ['vitest', 'run'], { stdio: ['ignore', 'inherit', 'inherit'], env });
  rmSync(prefix, { recursive: true });
  return status === 0;
}
