// `npm run test:real-download`: fetches a Python from its real place, creates an environment with it, and uses that. It ends
// with 0 where all of it worked, with 1 where something is wrong, and with 3, saying so, where the network does not let it
// be tried.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './set-up.mjs';

const NOT_TRIED = 3;
const directory = mkdtempSync(join(tmpdir(), 'vivarium-real-download-'));
const env = {
  ...process.env,
  HOME: directory,
  XDG_DATA_HOME: join(directory, 'data'),
  VIVARIUM_PYTHON_MIRROR: '',
  VIVARIUM_PYTHON_MANIFEST: '',
  VIVARIUM_COMPILE_SEEDS: 'never',
};
const environment = join(directory, 'env');
const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

try {
  process.exitCode = attempt();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function attempt() {
  const vivarium = [join(root, 'packages/cli/dist/bin.cjs')];
  const created = run(process.execPath, [
    ...vivarium,
    'create',
    '--download-python',
    'always',
    '-p',
    '3.12',
    environment,
  ]);
  if (created.status !== 0) {
    process.stderr.write(created.stderr);
    if (!/could not be fetched/.test(created.stderr) || /SHA-256|bytes/.test(created.stderr)) return 1;
    process.stderr.write('\nreal download: it can not be tried here, since the network does not reach the archives\n');
    return NOT_TRIED;
  }
  for (const args of [
    ['-m', 'pip', '--version'],
    ['-c', 'import ssl, sqlite3, ctypes, sys; print(sys.version, ssl.OPENSSL_VERSION)'],
  ]) {
    const used = run(python, args);
    process.stdout.write(used.stdout + used.stderr);
    if (used.status !== 0) return 1;
  }
  process.stdout.write('real download: the Python was fetched, installed and used\n');
  return 0;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { cwd: directory, env, encoding: 'utf8' });
}
