import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anyPython, wantedPython } from '@vivarium/test-utils/pythons';
import { pythonOrStandIn } from '@vivarium/test-utils/stand-in-python';
import { expect, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand, vivariumProgram } from './vivarium.ts';

const python = pythonOrStandIn;

/** A pyenv with two versions and shims that must not be started. */
function pyenv(root: string): void {
  for (const minor of ['3.11', '3.12']) {
    const bin = join(root, 'versions', `${minor}.0`, 'bin');
    mkdirSync(bin, { recursive: true });
    for (const name of ['python', 'python3', `python${minor}`]) symlinkSync(python(minor), join(bin, name));
  }
  mkdirSync(join(root, 'shims'));
  for (const name of ['python', 'python3', 'python3.11', 'python3.12']) {
    writeFileSync(join(root, 'shims', name), '#!/bin/sh\nexit 9\n');
    chmodSync(join(root, 'shims', name), 0o755);
  }
  writeFileSync(join(root, 'version'), '3.11.0\n');
}

function homeOf(sandbox: Sandbox, name: string): string | undefined {
  return /^home = (.*)$/m.exec(readFileSync(join(sandbox.directory, name, 'pyvenv.cfg'), 'utf8'))?.[1];
}

test('from a shim of pyenv an environment is based on the Python behind it', async () => {
  const sandbox = newSandbox();
  const root = join(sandbox.directory, '.pyenv');
  pyenv(root);
  const env = { ...sandbox.env, PATH: `${join(root, 'shims')}:${sandbox.env.PATH}`, PYENV_ROOT: '' };
  const create = (...args: string[]) =>
    sandbox.run(
      'env',
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      vivariumCommand(),
      'create',
      '--no-seed',
      ...args,
    );
  for (const [name, ...args] of [
    ['any'],
    ['shim', '-p', join(root, 'shims/python3')],
    ['version', '-p', 'python3.11'],
  ]) {
    expect(await create(...args, name ?? '')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(homeOf(sandbox, name ?? '')).toBe(dirname(python('3.11')));
  }
  writeFileSync(join(sandbox.directory, '.python-version'), '3.12\n');
  expect(await create('pinned')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(homeOf(sandbox, 'pinned')).toBe(dirname(python('3.12')));
});

const hasStrace = existsSync('/usr/bin/strace');

test.skipIf((!hasStrace && process.env.CI !== 'true') || wantedPython('3.12').isMissing)(
  'what is known of a Python is found again by few looks at files and no start of a process (needs strace, Python 3.12)',
  async () => {
    const sandbox = newSandbox();
    await sandbox.vivarium('create', '--no-seed', '-p', '3.12', 'first');
    const create = ['create', '--no-seed', '--dry-run', '-p', '3.12', 'second'];
    const trace = ['-f', '-qq', '-o', 'calls', '-e', 'trace=execve,%file,readlink'];
    expect(await sandbox.run('strace', ...trace, ...vivariumProgram(), ...create)).toMatchObject({
      exitCode: 0,
    });
    const calls = readFileSync(join(sandbox.directory, 'calls'), 'utf8').split('\n');
    expect(calls.filter((line) => line.includes('execve('))).toHaveLength(1);
    // Of the Python that is taken: its links, its witnesses. Ten times as many would still be quick, and be a mistake.
    const looks = calls.filter((line) => line.includes(dirname(dirname(python('3.12')))));
    expect(looks.length).toBeGreaterThan(3);
    expect(looks.length).toBeLessThan(60);
  },
);

test('`help` for --creator, --seeder, --activators and --discovery shows what vivarium plugins shows', async () => {
  const sandbox = newSandbox({ PIP_NO_INDEX: '1' });
  const help = async (...args: string[]): Promise<string> => (await sandbox.vivarium('create', ...args)).stdout;
  const creators = await help('--creator', 'help');
  expect(creators).toBe((await sandbox.vivarium('plugins', 'creators')).stdout);
  expect(creators).toMatch(/^\* cpython-posix +CPython3Posix +vivarium [\d.]+ +yes$/m);
  expect(creators).toMatch(/^ {2}pypy-posix +PyPy3Posix +vivarium [\d.]+ +no, because it is CPython and not PyPy$/m);
  // The other settings count: here no seeder has what is asked for.
  expect(await help('--pip', '99.99', '--no-download', '--seeder', 'help')).toMatch(
    /^ {2}app-data +FromAppData .* no, because .*99\.99.*[\s\S]*^ {2}pip +PipInvoke .* no, because .*99\.99/m,
  );
  expect(await help('--seeder', 'help')).toMatch(/^\* app-data +FromAppData .* yes[\s\S]*^ {2}pip +PipInvoke .* yes/m);
  expect(await help('--activators', 'help')).toMatch(/^ {2}batch +BatchActivator .* no, because /m);
  expect(await help('--discovery', 'help')).toMatch(/^\* builtin +Builtin .* yes/m);
  expect(await help('-p', '3.99', '--discovery', 'help')).toMatch(
    /^ {2}builtin +Builtin .* no, because No Python fits `3.99`$/m,
  );
  // Programs that are on PATH may leave something of their own in a home.
  expect(readdirSync(sandbox.directory).filter((name) => !name.startsWith('.'))).toEqual(['data']);
});

const base = anyPython().executable;
const other = wantedPython('3.9');

// Creators whose environments are not what they say.
const LIARS: [what: string, python: string, says: RegExp][] = [
  ['that ends well without being a Python', '#!/bin/sh\nexit 0\n', /did not answer/],
  ['that only prints what it is given', '#!/bin/sh\necho "$@"\n', /did not answer/],
  ['that starts the base', `#!/bin/sh\nexec ${base} "$@"\n`, /sys\.prefix is .* and not /],
  ['that crashes', '#!/bin/sh\nkill -SEGV $$\n', /ended with/],
];

const STARTS_ANOTHER = `#!/bin/sh\nexec ${other.executable} "$@"\n`;
if (!other.isMissing) LIARS.push(['that starts another version', STARTS_ANOTHER, /the version is \[3, 9, /]);

test.each(LIARS)('a creator whose Python is one %s is found out, and nothing of it is left', async (_, text, says) => {
  const sandbox = newSandbox();
  const creator = (more: string): string => `export default {
    kind: 'creator', name: 'liar', title: 'Liar', supports: () => true,
    plan: ({ interpreter }) => ({
      layout: { ...interpreter.scheme, executable: 'bin/python' },
      steps: [{ kind: 'file', path: 'bin/python', contents: ${JSON.stringify(text)}, mode: 0o755 }],
      ${more}
    }),
  };`;
  writeFileSync(join(sandbox.directory, 'liar.mjs'), creator(''));
  writeFileSync(join(sandbox.directory, 'unsure.mjs'), creator("uncertain: 'it has never been tried',"));
  const before = readdirSync(sandbox.directory);
  const create = ['create', '--no-seed', '--activators', '', '-p', base];
  for (const args of [
    ['--verify', '--creator', './liar.mjs'],
    ['--creator', './unsure.mjs'],
  ]) {
    const { exitCode, stderr } = await sandbox.vivarium(...create, ...args, 'env');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(says) });
    expect(readdirSync(sandbox.directory).filter((name) => name !== 'data')).toEqual(before);
  }
});
