import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnvironment, isVivariumError, planEnvironment } from 'vivarium';
import { testDirectory } from './directory.ts';

test('creates an environment and tells where its parts are', async () => {
  const directory = testDirectory();
  const { paths, plan, applied } = await createEnvironment({
    destination: 'env',
    cwd: directory,
    appData: join(directory, 'cache'),
    prompt: 'zoo',
    pluginSettings: { linkMode: 'copy', compileSeeds: 'never' },
  });
  expect(paths.scripts).toBe(join(directory, 'env/bin'));
  expect(execFileSync(paths.executable, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim()).toBe(
    join(directory, 'env'),
  );
  expect(plan.environment.prompt).toBe('zoo');
  expect(applied.linkModes).toEqual(['copy']);
});

test('plans without making, and takes plugins as objects', async () => {
  const directory = testDirectory();
  const plan = await planEnvironment({
    destination: join(directory, 'env'),
    appData: join(directory, 'cache'),
    seeder: false,
    activators: [
      {
        kind: 'activator',
        name: 'own',
        title: 'OwnActivator',
        supports: () => true,
        scripts: () => [{ name: 'activate.own', contents: 'x' }],
      },
    ],
  });
  expect(plan.steps.at(-1)).toEqual({ kind: 'file', path: 'bin/activate.own', contents: 'x' });
  expect(existsSync(join(directory, 'env'))).toBe(false);
});

test('finds plugins by name from the directory of the caller', async () => {
  const [directory, tool] = [testDirectory(), testDirectory()];
  const manifest = {
    name: 'vivarium-activator-own',
    exports: './index.mjs',
    vivarium: { kind: 'activator', name: 'own', contract: 1 },
  };
  mkdirSync(join(tool, 'node_modules/vivarium-activator-own'), { recursive: true });
  writeFileSync(join(tool, 'node_modules/vivarium-activator-own/package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(tool, 'node_modules/vivarium-activator-own/index.mjs'),
    `export default { kind: 'activator', name: 'own', title: 'OwnActivator', supports: () => true,
      scripts: () => [{ name: 'activate.own', contents: 'x' }] };`,
  );
  const request = { destination: join(directory, 'env'), appData: join(directory, 'cache'), seeder: false } as const;
  const named = await planEnvironment({ ...request, activators: ['own'], cwd: tool });
  expect(named.activators.map(({ title }) => title)).toEqual(['OwnActivator']);
  const listed = await planEnvironment({
    ...request,
    plugins: ['vivarium-activator-own'],
    pluginRoot: [tool],
    cwd: directory,
  });
  expect(listed.activators.map(({ name }) => name)).toEqual(expect.arrayContaining(['bash', 'own']));
  await expect(planEnvironment({ ...request, activators: ['own'], cwd: directory })).rejects.toMatchObject({
    code: 'PLUGIN_NOT_FOUND',
    source: 'activators',
  });
});

test('reads variables and files only when it is told to', async () => {
  const directory = testDirectory({ 'pyproject.toml': '[tool.vivarium]\nprompt = "from-file"\n' });
  const request = { destination: 'env', cwd: directory, appData: join(directory, 'cache'), seeder: false } as const;
  expect((await planEnvironment(request)).environment.prompt).toBeUndefined();
  expect((await planEnvironment({ ...request, readConfiguration: true })).environment.prompt).toBe('from-file');
});

test('rejects with a code, a sentence and a hint, and leaves nothing', async () => {
  const directory = testDirectory();
  const failed = createEnvironment({
    destination: join(directory, 'env'),
    python: '3.99',
    appData: join(directory, 'cache'),
  });
  const error = await failed.catch((thrown: unknown) => thrown);
  expect(isVivariumError(error)).toBe(true);
  expect(error).toMatchObject({ code: 'INTERPRETER_NOT_FOUND', exitCode: 1 });
  expect(readdirSync(directory)).not.toContain('env');
});

test('stops when its signal is aborted', async () => {
  const directory = testDirectory();
  const request = {
    destination: join(directory, 'env'),
    appData: join(directory, 'cache'),
    signal: AbortSignal.abort(),
  };
  await expect(createEnvironment(request)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(existsSync(join(directory, 'env'))).toBe(false);
});
