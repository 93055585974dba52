import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const command = process.env.VIVARIUM_TEST_COMMAND ?? '';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-native-test-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) =>
  execa(program, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PYENV_ROOT: process.env.PYENV_ROOT, VIVARIUM_COMPILE_SEEDS: 'never' },
    extendEnv: false,
    reject: false,
  });

test('is no script', () => {
  expect(readFileSync(command).subarray(0, 2).toString()).not.toBe('#!');
});

test('finds the seed wheels that npm has installed beside it', async () => {
  const made = await run(command, 'create', '-v', 'env');
  expect(made).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('ensurepip') });
  expect((await run(join(folder, 'env/bin/pip'), '--version')).stdout).toMatch(/^pip \d/);
});

test('loads a plugin, and what the plugin imports, from disk', async () => {
  mkdirSync(join(folder, 'node_modules/words'), { recursive: true });
  writeFileSync(
    join(folder, 'node_modules/words/package.json'),
    '{ "name": "words", "type": "module", "exports": "./index.js" }',
  );
  writeFileSync(join(folder, 'node_modules/words/index.js'), 'export const word = "hello";\n');
  writeFileSync(
    join(folder, 'plugin.mjs'),
    `import { word } from 'words';
     export default {
       kind: 'activator', name: 'stranger', title: 'StrangerActivator',
       supports: () => true,
       scripts: () => [{ name: 'activate.stranger', contents: word }],
     };`,
  );
  const made = await run(command, 'create', '--no-seed', '--activators', './plugin.mjs', 'env');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('activators StrangerActivator') });
  expect(readFileSync(join(folder, 'env/bin/activate.stranger'), 'utf8')).toBe('hello');
});

test('reads no .env and no bunfig.toml of the folder it is used in', async () => {
  writeFileSync(join(folder, '.env'), 'VIVARIUM_PROMPT=from-dot-env\n');
  writeFileSync(join(folder, 'bunfig.toml'), 'preload = ["./preload.js"]\n');
  writeFileSync(join(folder, 'preload.js'), 'require("node:fs").writeFileSync("preloaded", "")\n');
  expect(await run(command, 'create', '--no-seed', 'env')).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(folder, 'env/pyvenv.cfg'), 'utf8')).not.toContain('from-dot-env');
  expect(readdirSync(folder)).not.toContain('preloaded');
});

test('says where it is installed', async () => {
  expect((await run(command, '--version')).stdout).toMatch(/^vivarium \S+ from \/.*\/native-[\w-]+\/bin\/vivarium$/);
});
