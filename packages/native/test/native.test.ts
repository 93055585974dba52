import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const command = process.env.VIVARIUM_TEST_COMMAND ?? '';

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-native-test-')));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) =>
  execa(program, args, {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      PYENV_ROOT: process.env.PYENV_ROOT,
      VIVARIUM_COMPILE_SEEDS: 'never',
    },
    extendEnv: false,
    reject: false,
  });

test('is no script', () => {
  expect(readFileSync(command).subarray(0, 2).toString()).not.toBe('#!');
});

test('finds the seed wheels that npm has installed next to it', async () => {
  const made = await run(command, 'create', '-v', 'env');
  expect(made).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('ensurepip') });
  expect((await run(join(directory, 'env/bin/pip'), '--version')).stdout).toMatch(/^pip \d/);
});

test('loads a plugin, and what the plugin imports, from disk', async () => {
  mkdirSync(join(directory, 'node_modules/words'), { recursive: true });
  writeFileSync(
    join(directory, 'node_modules/words/package.json'),
    '{ "name": "words", "type": "module", "exports": "./index.js" }',
  );
  writeFileSync(join(directory, 'node_modules/words/index.js'), 'export const word = "hello";\n');
  writeFileSync(
    join(directory, 'plugin.mjs'),
    `import { word } from 'words';
     export default {
       kind: 'activator', name: 'stranger', title: 'ThirdPartyActivator',
       supports: () => true,
       scripts: () => [{ name: 'activate.stranger', contents: word }],
     };`,
  );
  const made = await run(command, 'create', '--no-seed', '--activators', './plugin.mjs', 'env');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('activators ThirdPartyActivator') });
  expect(readFileSync(join(directory, 'env/bin/activate.stranger'), 'utf8')).toBe('hello');
});

test('reads no .env and no bunfig.toml of the directory it is used in', async () => {
  writeFileSync(join(directory, '.env'), 'VIVARIUM_PROMPT=from-dot-env\n');
  writeFileSync(join(directory, 'bunfig.toml'), 'preload = ["./preload.js"]\n');
  writeFileSync(join(directory, 'preload.js'), 'require("node:fs").writeFileSync("preloaded", "")\n');
  expect(await run(command, 'create', '--no-seed', 'env')).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(directory, 'env/pyvenv.cfg'), 'utf8')).not.toContain('from-dot-env');
  expect(readdirSync(directory)).not.toContain('preloaded');
});

test('says where it is installed', async () => {
  expect((await run(command, '--version')).stdout).toMatch(/^vivarium \S+ from \/.*\/native-[\w-]+\/bin\/vivarium$/);
});
