import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

test('vivarium cache tells where it is and what it takes, and empties it', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', 'env');
  const directory = join(sandbox.directory, 'data/vivarium');
  expect((await sandbox.vivarium('cache', 'dir')).stdout).toBe(directory);
  const info = JSON.parse((await sandbox.vivarium('cache', 'info', '--json')).stdout);
  expect(info).toMatchObject({
    action: 'info',
    directory: directory,
    kinds: expect.arrayContaining([expect.objectContaining({ kind: 'images' })]),
  });
  expect(info.bytes).toBeGreaterThan(1e6);
  expect((await sandbox.vivarium('cache', 'prune')).stdout).toContain('removed 0 entries');
  expect((await sandbox.vivarium('cache', 'clean')).stdout).toBe(`emptied ${directory}`);
  expect(readdirSync(join(sandbox.directory, 'data'))).toEqual([]);
  expect(await sandbox.run(join(sandbox.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  expect(await sandbox.vivarium('create', '--reset-app-data', 'again')).toMatchObject({ exitCode: 0 });
});

test('vivarium cache refuses to empty what is not a cache', async () => {
  const sandbox = newSandbox();
  await sandbox.run('mkdir', '-p', 'home/letters');
  const finished = await sandbox.vivarium('cache', 'clean', '--app-data', 'home');
  expect(finished).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not emptied, because') });
  expect(readdirSync(join(sandbox.directory, 'home'))).toEqual(['letters']);
});
