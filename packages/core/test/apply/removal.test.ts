import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPlan, type Step } from '@vivarium/core/host';
import { removeTree } from '@vivarium/core/internal';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { killedRun, testCache } from './killed-run.ts';
import { afterCall, beforeCall, refuse } from './refused.ts';

// Only root may mount.
const asRoot = test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux');
const file: Step = { kind: 'file', path: 'pyvenv.cfg', contents: 'new' };

/** Mounts something until the test is over, wherever it is moved to. */
function mount(options: readonly string[], place: string): void {
  execFileSync('mount', [...options, place]);
  onTestFinished(() => {
    const points = execFileSync('findmnt', ['--noheadings', '--list', '--output', 'TARGET'], { encoding: 'utf8' });
    const name = basename(place);
    for (const point of points.split('\n').filter((path) => path.endsWith(`/${name}`))) execFileSync('umount', [point]);
  });
}

asRoot.each([
  ['of the same disk', (other: string) => ['--bind', other]],
  ['of another one', () => ['-t', 'tmpfs', 'tmpfs']],
])('a removal stops where another file system is mounted, %s', async (_, optionsFor) => {
  const directory = testDirectory({ 'env/lib/x': 'old', 'env/z/y': 'old' });
  const other = testDirectory({ letter: 'mine' });
  const volume = join(directory, 'env/lib', `volume-${basename(directory)}`);
  mkdirSync(volume);
  mount(optionsFor(other), volume);
  execFileSync('touch', [join(volume, 'letter')]);

  const { leftovers } = await applyPlan(planOf(join(directory, 'env'), 'replace', [file]));
  expect(contentOf(join(directory, 'env'))).toEqual({ 'pyvenv.cfg': 'new' });
  // All that is left is the way to the volume.
  const [left = ''] = leftovers;
  const [old = ''] = readdirSync(left);
  expect(readdirSync(join(left, old), { recursive: true }).map(String)).toEqual([
    'lib',
    `lib/${basename(volume)}`,
    `lib/${basename(volume)}/letter`,
  ]);
});

asRoot('the next run does not empty it either', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': '' });
  const other = testDirectory({ letter: 'mine' });
  const [destination, cache] = [join(directory, 'env'), testCache()];
  const { pathOf } = killedRun(destination, cache, 'replace');
  const volume = join(pathOf('old'), `volume-${basename(directory)}`);
  mkdirSync(volume, { recursive: true });
  mount(['--bind', other], volume);
  await applyPlan(planOf(destination, 'replace', [file]), { cache });
  expect(contentOf(other)).toEqual({ letter: 'mine' });
  execFileSync('umount', [volume]);
  await applyPlan(planOf(destination, 'replace', [file]), { cache });
  expect(readdirSync(directory)).toEqual(['env']);
});

test('a removal takes links away, and nothing of what they lead to', async () => {
  const directory = testDirectory({ 'env/lib/x': 'old' });
  const other = testDirectory({ letter: 'mine' });
  symlinkSync(other, join(directory, 'env/lib/link'));
  await applyPlan(planOf(join(directory, 'env'), 'replace', [file]));
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'new' });
  expect(contentOf(other)).toEqual({ letter: 'mine' });
});

describe('a tree that is removed', () => {
  test('may be a file, a link, or nothing at all', () => {
    const directory = testDirectory({ file: '', 'kept/letter': 'mine' });
    symlinkSync('kept', join(directory, 'link'));
    for (const name of ['file', 'link', 'none']) removeTree(join(directory, name));
    expect(contentOf(directory)).toEqual({ 'kept/letter': 'mine' });
  });

  test.each([
    ['lstatSync', 'inner'],
    ['readdirSync', 'inner'],
    ['rmdirSync', 'inner'],
    ['unlinkSync', 'inner/file'],
  ] as const)('may be removed by another process at the same time (before %s)', (call, name) => {
    const directory = testDirectory({ 'tree/inner/file': '', 'tree/z': '' });
    const disturb = vi.fn(() => rmSync(join(directory, 'tree', name), { recursive: true, force: true }));
    beforeCall(call, (path) => path === join(directory, 'tree', name), disturb);
    removeTree(join(directory, 'tree'));
    expect(disturb).toHaveBeenCalledOnce();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('loses all but what the system does not let go, and the first reason is told', () => {
    const directory = testDirectory({ 'tree/a/file': '', 'tree/b/file': '', 'tree/c': '' });
    refuse('unlinkSync', 'EACCES', (path) => path.endsWith('a/file'));
    refuse('readdirSync', 'EIO', (path) => path.endsWith('tree/b'));
    expect(() => removeTree(join(directory, 'tree'))).toThrow(expect.objectContaining({ code: 'EACCES' }));
    expect(readdirSync(join(directory, 'tree')).sort()).toEqual(['a', 'b']);
  });
});

describe('what was at the destination of a replacement', () => {
  test('goes even if the system refuses it twice, and is told of after three times', async () => {
    const directory = testDirectory({ 'env/lib/x': '', 'env/other': '' });
    const stubborn = refuse('unlinkSync', 'EACCES', (path) => path.endsWith('lib/x') && stubborn.count < 2);
    const replace = () => applyPlan(planOf(join(directory, 'env'), 'replace', [file]));
    expect((await replace()).leftovers).toEqual([]);
    expect(readdirSync(directory)).toEqual(['env']);
    const forEver = refuse('unlinkSync', 'EACCES', (path) => path.endsWith('/pyvenv.cfg'));
    const { leftovers } = await replace();
    expect(forEver.count).toBe(3);
    expect(leftovers).toEqual([expect.stringContaining(join(directory, '.vivarium-'))]);
    expect(contentOf(join(directory, 'env'))).toEqual({ 'pyvenv.cfg': 'new' });
  });
});

describe('directories above a destination that a failed run created', () => {
  const failing: Step = { kind: 'symlink', path: 'pyvenv.cfg/below', target: 'x' };
  const fail = (destination: string) => applyPlan(planOf(destination, 'create', [file, failing]));

  test('go again, and no others', async () => {
    const directory = testDirectory();
    mkdirSync(join(directory, 'empty'));
    await expect(fail(join(directory, 'empty/a/b/env'))).rejects.toThrow();
    expect(contentOf(directory)).toEqual({ empty: '/' });
  });

  test('stay from where another process has put something', async () => {
    const directory = testDirectory();
    afterCall(
      'mkdirSync',
      (path) => path === join(directory, 'a/b'),
      () => writeFileSync(join(directory, 'a/letter'), 'mine'),
    );
    await expect(fail(join(directory, 'a/b/env'))).rejects.toThrow();
    expect(contentOf(directory)).toEqual({ 'a/letter': 'mine' });
  });
});
