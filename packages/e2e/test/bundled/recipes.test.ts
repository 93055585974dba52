import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, inject, test } from 'vitest';
import { localPackage } from '../local-package.ts';

const EXAMPLES = fileURLToPath(new URL('../../../../examples', import.meta.url));
const BUNDLERS = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium recipes ')));
const appData = join(root, 'cache');
const env = { ...process.env, VIVARIUM_OVERRIDE_APP_DATA: appData, VIVARIUM_COMPILE_SEEDS: 'never' };
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of an example next to the installed packages, built as its `package.json` says. */
async function build(name: string): Promise<string> {
  const directory = join(inject('installation'), `recipe ${name}`);
  cpSync(join(EXAMPLES, name), directory, { recursive: true });
  const { scripts } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const commands = [join(inject('installation'), 'node_modules/.bin'), BUNDLERS, process.env.PATH].join(delimiter);
  await execa(scripts.build, { cwd: directory, shell: true, env: { PATH: commands } });
  const built = mkdtempSync(join(root, `${name} `));
  cpSync(join(directory, 'dist'), built, { recursive: true });
  rmSync(directory, { recursive: true });
  return built;
}

test('the main process of an Electron application, read-only, asked by two windows at once', async () => {
  const application = await build('electron-main');
  const data = join(root, 'user data');
  // What Electron offers to a main process, as far as it is used.
  mkdirSync(join(root, 'node_modules/electron'), { recursive: true });
  writeFileSync(
    join(root, 'node_modules/electron/index.js'),
    `const { EventEmitter } = require('node:events');
     const handlers = new Map();
     exports.handlers = handlers;
     exports.app = Object.assign(new EventEmitter(), { getPath: () => ${JSON.stringify(data)} });
     exports.ipcMain = { handle: (name, handler) => handlers.set(name, handler) };`,
  );
  writeFileSync(
    join(root, 'windows.cjs'),
    `const { app, handlers } = require('electron');
     const types = new Set();
     app.on('python-progress', ({ type }) => types.add(type));
     require(process.argv[2]);
     const ask = () => handlers.get('python:version')();
     Promise.all([ask(), ask()]).then((answers) => console.log(JSON.stringify({ answers, types: [...types] })));`,
  );
  chmodSync(application, 0o555);
  const { stdout } = await execa(process.execPath, [join(root, 'windows.cjs'), join(application, 'main.cjs')], { env });
  const { answers, types } = JSON.parse(stdout);
  expect(answers.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['created', 'unchanged']);
  expect(answers[0].prefix).toBe(join(data, 'python'));
  expect(types).toEqual(expect.arrayContaining(['search', 'steps']));
  chmodSync(application, 0o755);
});

test('an extension of an editor, bundled as CommonJS', async () => {
  const extension = await build('vscode-extension');
  mkdirSync(join(root, 'node_modules/vscode'), { recursive: true });
  writeFileSync(
    join(root, 'node_modules/vscode/index.js'),
    `const { join } = require('node:path');
     exports.commands = { registerCommand: (name, run) => ({ name, run, dispose() {} }) };
     exports.window = {
       withProgress: (_, task) => task({ report() {} }),
       showErrorMessage: async (message) => { throw new Error(message); },
     };
     exports.ProgressLocation = { Window: 10 };
     exports.Uri = { joinPath: (uri, ...parts) => ({ fsPath: join(uri.fsPath, ...parts) }) };`,
  );
  writeFileSync(
    join(root, 'host.cjs'),
    `const { activate } = require(process.argv[2]);
     const subscriptions = [];
     const context = {
       subscriptions,
       globalStorageUri: { fsPath: process.argv[3] },
       asAbsolutePath: (path) => process.argv[4] + path.replace(/^dist/, ''),
     };
     activate(context)
       .then(async () => [await subscriptions[0].run(), await subscriptions[0].run()])
       .then((answers) => console.log(JSON.stringify(answers)));`,
  );
  const storage = join(root, 'global storage');
  const { stdout } = await execa(
    process.execPath,
    [join(root, 'host.cjs'), join(extension, 'extension.js'), storage, extension],
    { env },
  );
  const executable = join(storage, 'python/bin/python');
  expect(JSON.parse(stdout)).toEqual([
    { outcome: 'created', executable },
    { outcome: 'unchanged', executable },
  ]);
});

test('a GitHub Action in one file', async () => {
  const action = await build('github-action');
  expect(readdirSync(action).sort()).toEqual(['index.cjs', 'seed-wheels']);
  const files = { GITHUB_PATH: join(root, 'path'), GITHUB_ENV: join(root, 'env'), GITHUB_OUTPUT: join(root, 'output') };
  const workspace = mkdtempSync(join(root, 'workspace '));
  const { stdout } = await execa(process.execPath, [join(action, 'index.cjs')], {
    cwd: workspace,
    env: { ...env, ...files, INPUT_PYTHON: '>=3.9' },
  });
  expect(stdout).toBe('');
  expect(readFileSync(files.GITHUB_PATH, 'utf8')).toBe(`${join(workspace, '.venv/bin')}\n`);
  expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toContain('outcome=created\n');
  const failed = await execa(process.execPath, [join(action, 'index.cjs')], {
    cwd: workspace,
    env: { ...env, ...files, INPUT_PYTHON: '3.99' },
    reject: false,
  });
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toMatch(/^::error::/);
});

test('an npm command around a Python tool, installed when it is first used', async () => {
  const directory = join(inject('installation'), 'recipe npm-cli');
  cpSync(join(EXAMPLES, 'npm-cli'), directory, { recursive: true });
  const wheel = await localPackage(root);
  const run = () =>
    execa(process.execPath, [join(directory, 'bin.mjs')], {
      env: { ...env, GREET_HOME: join(root, 'greet home'), GREET_REQUIREMENT: wheel, PIP_NO_INDEX: '1' },
    });
  const { stdout } = await run();
  expect(stdout).toBe(`hello from ${join(root, 'greet home/python')}`);
  rmSync(wheel);
  expect((await run()).stdout).toBe(stdout);
});

test('the Python for node-gyp', async () => {
  const directory = join(inject('installation'), 'recipe node-gyp-python');
  cpSync(join(EXAMPLES, 'node-gyp-python'), directory, { recursive: true });
  const script = 'console.log(process.env.NODE_GYP_FORCE_PYTHON)';
  const { stdout } = await execa(process.execPath, [join(directory, 'run.mjs'), process.execPath, '-e', script], {
    env,
  });
  const version = await execa(stdout, ['-c', 'import sys; print(sys.version_info >= (3, 8))']);
  expect(version.stdout).toBe('True');
});
