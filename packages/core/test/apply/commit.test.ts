import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPlan, type Step } from '@vivarium/core/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { refuse } from './refused.ts';

const file = (path: string, contents: string): Step => ({ kind: 'file', path, contents });

describe('the directory of a run', () => {
  const isOfRun = (path: string): boolean => basename(path).startsWith('.vivarium-');

  test('gets another name where that is taken', async () => {
    const directory = testDirectory();
    const taken = refuse('mkdirSync', 'EEXIST', (path) => isOfRun(path) && taken.count < 99);
    await applyPlan(planOf(join(directory, 'env'), 'create', [file('x', '')]));
    expect(taken.count).toBe(99);
    expect(contentOf(directory)).toEqual({ 'env/x': '' });
  });

  test.each([
    ['a hundred names are taken', 'EEXIST', 100],
    ['the system refuses it', 'EACCES', 1],
  ])('is not created where %s', async (_, code, attempts) => {
    const directory = testDirectory();
    const refused = refuse('mkdirSync', code, isOfRun);
    const applying = applyPlan(planOf(join(directory, 'a/env'), 'create', [file('x', '')]));
    await expect(applying).rejects.toMatchObject({ cause: expect.objectContaining({ code }) });
    expect(refused.count).toBe(attempts);
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('a file of an environment that is refreshed stays whole where its successor cannot take its place, and that is told', async () => {
  const directory = testDirectory({ 'env/x': 'old', 'env/y': 'old' });
  refuse('renameSync', 'EIO', (_, to) => basename(to) === 'x');
  const applying = applyPlan(planOf(join(directory, 'env'), 'refresh', [file('y', 'new'), file('x', 'new')]));
  await expect(applying).rejects.toMatchObject({
    cause: expect.objectContaining({ code: 'EIO' }),
    hint: 'Look at the disk, or choose a destination on another one. The environment was only partially updated; run the command again to finish. Nothing was left behind.',
  });
  const { 'env/x': x, ...others } = contentOf(directory);
  expect([x, Object.keys(others)]).toEqual(['old', ['env/y']]);
});

test('where a destination has to stay, scripts leave first and come last, and what is of its file system stays', async () => {
  const directory = testDirectory({
    'env/a/x': 'old',
    'env/bin/python': 'old',
    'env/pyvenv.cfg': 'old',
    'env/z': 'old',
    'env/lost+found/x': '',
  });
  process.chdir(join(directory, 'env'));
  onTestFinished(() => process.chdir('/'));
  const order: string[] = [];
  refuse('renameSync', 'EIO', (from, to) => {
    const [name, role] = [basename(from), basename(join(to, '..')).slice(0, 3)];
    if (role === 'out') order.push(`${name} out`);
    else if (basename(join(from, '..')).startsWith('new-')) order.push(`${name} in`);
    return false;
  });
  const files = ['z', 'pyvenv.cfg', 'bin/python', 'a/x'].map((path) => file(path, 'new'));
  await applyPlan(planOf(join(directory, 'env'), 'replace', files));
  expect(order.slice(0, 2)).toEqual(['bin out', 'pyvenv.cfg out']);
  expect(order.slice(2, 4).sort()).toEqual(['a out', 'z out']);
  expect(order.slice(4)).toEqual(['a in', 'z in', 'pyvenv.cfg in', 'bin in']);
  expect(contentOf(directory)).toEqual({
    'env/a/x': 'new',
    'env/bin/python': 'new',
    'env/pyvenv.cfg': 'new',
    'env/z': 'new',
    'env/lost+found/x': '',
  });
});
