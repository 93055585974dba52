import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDesk } from './vivarium.ts';

test('vivarium cache tells where it is and what it takes, and empties it', async () => {
  const desk = newDesk();
  await desk.vivarium('create', 'env');
  const directory = join(desk.directory, 'data/vivarium');
  expect((await desk.vivarium('cache', 'dir')).stdout).toBe(directory);
  const info = JSON.parse((await desk.vivarium('cache', 'info', '--json')).stdout);
  expect(info).toMatchObject({
    action: 'info',
    directory: directory,
    kinds: expect.arrayContaining([expect.objectContaining({ kind: 'images' })]),
  });
  expect(info.bytes).toBeGreaterThan(1e6);
  expect((await desk.vivarium('cache', 'prune')).stdout).toContain('removed 0 entries');
  expect((await desk.vivarium('cache', 'clean')).stdout).toBe(`emptied ${directory}`);
  expect(readdirSync(join(desk.directory, 'data'))).toEqual([]);
  expect(await desk.run(join(desk.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  expect(await desk.vivarium('create', '--reset-app-data', 'again')).toMatchObject({ exitCode: 0 });
});

test('vivarium cache refuses to empty what is not a cache', async () => {
  const desk = newDesk();
  await desk.run('mkdir', '-p', 'home/letters');
  const finished = await desk.vivarium('cache', 'clean', '--app-data', 'home');
  expect(finished).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not emptied, because') });
  expect(readdirSync(join(desk.directory, 'home'))).toEqual(['letters']);
});
