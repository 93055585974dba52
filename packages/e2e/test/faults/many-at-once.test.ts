import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newSandbox, type Sandbox } from '../vivarium.ts';
import { isWhole } from './lab/amount.ts';
import { figures } from './lab/figures.ts';
import { assertWholeImages, leftIn, stateOf } from './lab/state.ts';

const soakMinutes = Number(process.env.VIVARIUM_SOAK_MINUTES ?? 0);
const CREATORS = isWhole || soakMinutes > 0 ? 32 : 8;
const RIVALS = isWhole || soakMinutes > 0 ? 16 : 6;
const table = figures('at once', ['runs', 'made', 'refused']);
afterAll(() => table.print());

test('many creators on one cold cache, each at a destination of its own', { timeout: 600_000 }, async () => {
  await manyDestinations(newSandbox());
});

test('many creators at one and the same destination', { timeout: 600_000 }, async () => {
  await sameDestination(newSandbox(), []);
});

test('many creators that clear one and the same destination', { timeout: 600_000 }, async () => {
  const sandbox = newSandbox();
  expect(await sandbox.vivarium('create', 'env')).toMatchObject({ exitCode: 0 });
  await sameDestination(sandbox, ['--clear']);
});

test('creators while the cache is pruned, cleaned and reset', { timeout: 600_000 }, async () => {
  await againstEmptying(newSandbox());
});

test.runIf(soakMinutes > 0)('round after round, nothing is lost and nothing is broken', { timeout: 0 }, async () => {
  const end = Date.now() + soakMinutes * 60_000;
  const sandbox = newSandbox();
  for (let round = 1; Date.now() < end; round += 1) {
    await manyDestinations(sandbox);
    await sameDestination(sandbox, round % 2 === 0 ? ['--clear'] : []);
    await againstEmptying(sandbox);
    await sandbox.run('sh', '-c', 'rm -rf env* data');
    table.add('rounds', 'runs', 1);
  }
});

async function manyDestinations(sandbox: Sandbox): Promise<void> {
  const names = Array.from({ length: CREATORS }, (_, index) => `env${index}`);
  const runs = await Promise.all(names.map((name) => sandbox.vivarium('create', name)));
  expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  for (const name of names) expect(await stateOf(sandbox, join(sandbox.directory, name))).toBe('new');
  const images = readdirSync(join(sandbox.directory, 'data/vivarium/images'), { recursive: true }).map(String);
  const packages = JSON.parse((await sandbox.vivarium('create', '--json', 'env')).stdout).environments[0].packages;
  expect(images.filter((name) => name.endsWith('manifest.json'))).toHaveLength(packages.length);
  assertClean(sandbox);
  table.add('destinations of their own', 'runs', names.length);
  table.add('destinations of their own', 'made', names.length);
}

async function sameDestination(sandbox: Sandbox, options: readonly string[]): Promise<void> {
  const row = ['one destination', ...options].join(', ');
  const runs = await Promise.all(Array.from({ length: RIVALS }, () => sandbox.vivarium('create', ...options, 'env')));
  for (const { exitCode, stderr } of runs) {
    table.add(row, 'runs', 1);
    table.add(row, exitCode === 0 ? 'made' : 'refused', 1);
    if (exitCode !== 0) expect(stderr).toContain('was created by another process in the meantime');
  }
  expect(runs.filter(({ exitCode }) => exitCode === 0).length).toBeGreaterThan(0);
  expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
  assertClean(sandbox);
}

async function againstEmptying(sandbox: Sandbox): Promise<void> {
  const emptying = [
    ['cache', 'prune', '--unused-for', '0'],
    ['cache', 'clean'],
    ['create', '--reset-app-data', 'env-reset'],
  ];
  const names = Array.from({ length: RIVALS }, (_, index) => `env-of-${index}`);
  const runs = await Promise.all(
    names.flatMap((name, index) => [
      sandbox.vivarium('create', name),
      sandbox.vivarium(...(emptying[index % emptying.length] as string[])),
    ]),
  );
  const failed = runs.filter(({ exitCode }) => exitCode !== 0);
  expect(failed.filter(({ stderr }) => !stderr.includes('was created by another process in the meantime'))).toEqual([]);
  for (const name of names) expect(await stateOf(sandbox, join(sandbox.directory, name))).toBe('new');
  assertClean(sandbox);
  table.add('while the cache is emptied', 'runs', runs.length);
  table.add('while the cache is emptied', 'made', names.length);
}

function assertClean(sandbox: Sandbox): void {
  const cache = join(sandbox.directory, 'data/vivarium');
  expect(leftIn(sandbox.directory, join(sandbox.directory, 'env'))).toEqual([]);
  if (!existsSync(cache)) return;
  expect(readdirSync(cache, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  assertWholeImages(cache);
}
