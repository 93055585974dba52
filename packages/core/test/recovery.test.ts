import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPlan, recoverDestination, type Step } from '@vivarium/core';
import { expect, test } from 'vitest';
import { contentOf, testDirectory } from './directory.ts';
import { planOf } from './example.ts';

const file = (path: string, contents: string): Step => ({ kind: 'file', path, contents });

/** The names that a run, killed since, would have given to its directories for this destination. */
function directoriesOfKilledRuns(parent: string, destination: string): Record<'new' | 'out' | 'old', string> {
  const script = `
    import { applyPlan } from '@vivarium/core';
    const step = { kind: 'run', place: 'staging', command: ['/bin/sh', '-c', 'kill -9 $PPID'], purpose: 'die' };
    await applyPlan({ ...${JSON.stringify(planOf(destination, 'create', []))}, steps: [step] });`;
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' });
  } catch {
    // It was killed, as it was meant to be.
  }
  const name = execFileSync('ls', ['-A', parent], { encoding: 'utf8' })
    .split('\n')
    .find((entry) => entry.startsWith('.vivarium-'));
  if (name === undefined) throw new Error('the run left nothing');
  execFileSync('rm', ['-rf', join(parent, name)]);
  const of = (role: string): string => name.replace('-new-', `-${role}-`);
  return { new: of('new'), out: of('out'), old: of('old') };
}

test('puts back what a run moved away that was killed before its own existed', () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'old', 'env/mine': 'x' });
  const destination = join(directory, 'env');
  renameSync(destination, join(directory, 'aside'));
  const names = directoriesOfKilledRuns(directory, destination);
  renameSync(join(directory, 'aside'), join(directory, names.old));
  mkdirSync(join(directory, names.new));
  recoverDestination(destination);
  expect(contentOf(join(directory, 'env'))).toEqual({ 'pyvenv.cfg': 'old', mine: 'x' });
});

test('never deletes what was at a destination while nothing exists', async () => {
  const directory = testDirectory();
  const destination = join(directory, 'env');
  const names = directoriesOfKilledRuns(directory, destination);
  mkdirSync(join(directory, names.old));
  writeFileSync(join(directory, names.old, 'mine'), 'x');
  await applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'new')]));
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'new', [`${names.old}/mine`]: 'x' });
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
    const directory = testDirectory();
    const destination = join(directory, 'env');
    mkdirSync(destination);
    const names = directoriesOfKilledRuns(directory, destination);
    const parts: Record<string, readonly [place: string, age: 'old' | 'new']> = {
      env: ['', 'old'],
      new: ['', 'new'],
      staging: [names.new, 'new'],
      out: [names.out, 'old'],
      old: [names.old, 'old'],
    };
    for (const [part, entries] of Object.entries(state)) {
      const [place, age] = parts[part] as readonly [string, 'old' | 'new'];
      mkdirSync(join(destination, place), { recursive: true });
      for (const entry of entries ?? []) put(join(destination, place, entry), age);
    }
    recoverDestination(destination);
    expect(contentOf(destination)).toEqual(expected);
  },
);

function put(path: string, age: 'old' | 'new'): void {
  if (basename(path) === 'pyvenv.cfg') writeFileSync(path, age);
  else mkdirSync(path);
  if (basename(path) === 'lib') writeFileSync(join(path, age === 'old' ? 'mine' : 'theirs'), age === 'old' ? 'x' : 'y');
}
