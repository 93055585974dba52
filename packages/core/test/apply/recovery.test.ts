import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { applyPlan, type Step } from '@vivarium/core/host';
import { recoverDestination } from '@vivarium/core/internal';
import { expect, test } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { killedRun, testCache } from './killed-run.ts';

const file = (path: string, contents: string): Step => ({ kind: 'file', path, contents });

test('puts back what a run moved away that was killed before its own was there', () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'old', 'env/mine': 'x' });
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const { pathOf } = killedRun(destination, cache, 'replace');
  renameSync(destination, pathOf('old'));
  recoverDestination(destination, cache);
  expect(contentOf(destination)).toEqual({ 'pyvenv.cfg': 'old', mine: 'x' });
});

test('puts back the newest of what several killed runs moved away, whatever their names are', () => {
  const directory = testDirectory();
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const runs = ['first', 'second', 'third'].map((name) => {
    const { path, pathOf } = killedRun(destination, cache, 'replace');
    mkdirSync(pathOf('old'));
    writeFileSync(join(pathOf('old'), 'mine'), name);
    return { name, path };
  });
  // Three times the one that the file system lists first, next and last: each is the newest once.
  const listed = readdirSync(directory);
  for (const name of listed) {
    const path = join(directory, name);
    const newest = Math.max(...listed.map((other) => statSync(join(directory, other)).ctimeMs));
    // Clocks of file systems tick every few milliseconds.
    while (statSync(path).ctimeMs <= newest) chmodSync(path, 0o700);
    recoverDestination(destination, cache);
    expect(contentOf(destination)).toEqual({ mine: runs.find((run) => run.path === path)?.name });
    const [old = ''] = readdirSync(path).filter((role) => role.startsWith('new-'));
    renameSync(destination, join(path, old.replace('new', 'old')));
  }
});

test('completes what a killed run began to put back piece by piece', () => {
  const directory = testDirectory();
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const { pathOf } = killedRun(destination, cache, 'replace');
  for (const [role, name] of [
    ['old', 'lib/b'],
    ['back', 'lib/a'],
  ] as const) {
    mkdirSync(join(pathOf(role), 'lib'), { recursive: true });
    writeFileSync(join(pathOf(role), name), name);
  }
  recoverDestination(destination, cache);
  expect(contentOf(destination)).toEqual({ 'lib/a': 'lib/a', 'lib/b': 'lib/b' });
});

test('does not put anything back where something else is by now, and removes it then', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'newer' });
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const { path, pathOf } = killedRun(destination, cache, 'replace');
  mkdirSync(pathOf('old'));
  recoverDestination(destination, cache);
  expect(contentOf(destination)).toEqual({ 'pyvenv.cfg': 'newer' });
  await applyPlan(planOf(destination, 'replace', [file('pyvenv.cfg', 'newest')]), { cache });
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'newest' });
  expect(readdirSync(directory)).not.toContain(basename(path));
});

test('never deletes what was at a destination while nothing is there', async () => {
  const directory = testDirectory();
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const { path, pathOf } = killedRun(destination, cache);
  mkdirSync(pathOf('old'));
  writeFileSync(join(pathOf('old'), 'mine'), 'x');
  await applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'new')]), { cache });
  expect(contentOf(directory)).toEqual({
    'env/pyvenv.cfg': 'new',
    [`${basename(path)}/${basename(pathOf('old'))}/mine`]: 'x',
  });
});

const OLD = { 'pyvenv.cfg': 'old', 'lib/mine': 'x', bin: '/' };

test.each([
  ['while it moved the old one out', { out: ['pyvenv.cfg', 'lib'], env: ['bin'], staging: ['pyvenv.cfg', 'lib'] }, OLD],
  ['when the old one was out', { old: ['pyvenv.cfg', 'lib', 'bin'], staging: ['pyvenv.cfg', 'lib'] }, OLD],
  ['while it moved the new one in', { old: ['pyvenv.cfg', 'lib', 'bin'], new: ['lib'], staging: ['pyvenv.cfg'] }, OLD],
  [
    'when the new one was in',
    { old: ['lib'], new: ['pyvenv.cfg', 'lib'], staging: [] },
    { 'pyvenv.cfg': 'new', 'lib/theirs': 'y' },
  ],
] as const)(
  'of a directory that has to stay: killed %s',
  (_, state: Partial<Record<string, readonly string[]>>, expected) => {
    const [destination, cache] = [join(testDirectory(), 'env'), testCache()];
    mkdirSync(destination);
    const { path, pathOf } = killedRun(destination, cache, 'refresh');
    rmSync(pathOf('new'), { recursive: true });
    const parts: Record<string, readonly [place: string, age: 'old' | 'new']> = {
      env: ['', 'old'],
      new: ['', 'new'],
      staging: [inside(pathOf('new')), 'new'],
      out: [inside(pathOf('out')), 'old'],
      old: [inside(pathOf('old')), 'old'],
    };
    for (const [part, entries] of Object.entries(state)) {
      const [place, age] = parts[part] as readonly [string, 'old' | 'new'];
      mkdirSync(join(destination, place), { recursive: true });
      for (const entry of entries ?? []) put(join(destination, place, entry), age);
    }
    recoverDestination(destination, cache);
    expect(contentOf(destination)).toEqual(expected);
    expect(existsSync(path)).toBe(false);

    function inside(path: string): string {
      return relative(destination, path);
    }
  },
);

function put(path: string, age: 'old' | 'new'): void {
  if (basename(path) === 'pyvenv.cfg') writeFileSync(path, age);
  else mkdirSync(path);
  if (basename(path) === 'lib') writeFileSync(join(path, age === 'old' ? 'mine' : 'theirs'), age === 'old' ? 'x' : 'y');
}
