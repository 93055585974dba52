import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPlan, type Step } from '@vivarium/core/host';
import { expect, onTestFinished, test } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { killedRun, testCache } from './killed-run.ts';

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
