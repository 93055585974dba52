// Runs the tests in the oldest xonsh that is supported, in the newest (with each way of drawing prompts), and in some
// between:
//   node scripts/test-versions.mjs PYTHON [version …]
// PYTHON creates the environments that xonsh is installed in; each version wants a Python of its time.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = ['0.11.0', '0.14.4', '0.19.9', '0.25.0'];
const [python = 'python3', ...named] = process.argv.slice(2);
const versions = named.length > 0 ? named : VERSIONS;

const directory = mkdtempSync(join(tmpdir(), 'vivarium-xonsh-'));
const failed = versions.filter((version) => !passes(version));
rmSync(directory, { recursive: true });
process.stdout.write(failed.length === 0 ? `all pass: ${versions.join(', ')}\n` : `failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {string} version */
function passes(version) {
  const environment = join(directory, version);
  const bin = join(environment, 'bin');
  const types = version === versions.at(-1) ? ['readline', 'prompt_toolkit'] : ['readline'];
  return (
    succeeds(python, ['-m', 'venv', environment]) &&
    succeeds(join(bin, 'pip'), ['install', '--quiet', `xonsh==${version}`, 'prompt_toolkit', 'setuptools']) &&
    types.every((type) =>
      succeeds('npx', ['vitest', 'run'], {
        VIVARIUM_TEST_XONSH: join(bin, 'xonsh'),
        VIVARIUM_TEST_XONSH_TYPE: type,
      }),
    )
  );
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [variables]
 */
function succeeds(command, args, variables = {}) {
  const env = { ...process.env, ...variables };
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}
