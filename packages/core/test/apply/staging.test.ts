import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPlan, type Plan, type Step } from '@vivarium/core/host';
import { describe, expect, test, vi } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { afterCall, beforeCall, refuse } from './refused.ts';

const file = (path: string, contents: string): Step => ({ kind: 'file', path, contents });

/**
 * Applies a plan, and lets a shell do something to its staging directory (`$new`) and to the directory of the run
 * (`$run`) when some files are in there and others are not yet.
 */
async function applyWhile(script: string, directory: string, mode: Plan['mode'] = 'create'): Promise<void> {
  const where = mode === 'refresh' ? 'env/' : '';
  const run = vi.fn(() => {
    const variables = `run=$(echo ${where}.vivarium-*); new=$(echo ${where}.vivarium-*/new-*)`;
    execFileSync('sh', ['-c', `${variables}; ${script}`], { cwd: directory });
  });
  beforeCall('writeFileSync', (path) => path.endsWith('/b/later'), run);
  try {
    const files = ['pyvenv.cfg', 'a/file', 'b/file', 'b/later', 'd/e/file'];
    await applyPlan(
      planOf(
        join(directory, 'env'),
        mode,
        files.map((path) => file(path, '')),
      ),
    );
  } finally {
    expect(run).toHaveBeenCalledOnce();
  }
}

const WHOLE = { 'a/file': '', 'b/file': '', 'b/later': '', 'd/e/file': '', 'pyvenv.cfg': '' };

test('an undisturbed run creates all of it', async () => {
  const directory = testDirectory();
  await applyWhile(':', directory);
  expect(contentOf(join(directory, 'env'))).toEqual(WHOLE);
});

describe('a run whose staging directory is disturbed fails with a clear error, and nothing of it appears', () => {
  test.each([
    ['is removed', 'rm -rf $run'],
    ['is removed and created again', 'rm -rf $run; mkdir -p $new/b'],
    ['is emptied', 'rm -rf $new/* $new/.[a-z]*'],
    ['is removed, but for what is around it', 'rm -rf $new'],
    ['is replaced by another one', 'mv $new $new.aside; mkdir -p $new/b $new/a $new/d/e'],
    ['is moved away, with what is around it', 'mv $run aside'],
    ['is replaced by a link to itself', 'mv $new aside; ln -s "$PWD/aside" $new'],
    ['loses one file', 'rm $new/a/file'],
    ['loses a directory', 'rm -rf $new/a'],
    ['loses what is in the directory that is being filled', 'rm $new/b/file'],
    ['loses a file at its root', 'rm $new/pyvenv.cfg'],
    ['loses the directory in which a file is being written', 'rm -rf $new/b'],
  ])('%s', async (_, script) => {
    const directory = testDirectory();
    const applying = applyWhile(script, directory);
    await expect(applying).rejects.toMatchObject({
      code: 'STAGING_NOT_INTACT',
      message: expect.stringMatching(/^The staging directory .* was removed or changed by another process/),
    });
    expect(readdirSync(directory)).not.toContain('env');
  });

  test('also when the environment that it refreshes is replaced: the new one stays as it is', async () => {
    const directory = testDirectory({ 'env/pyvenv.cfg': 'old', 'other/pyvenv.cfg': 'other', 'other/lib/x': 'other' });
    const applying = applyWhile('mv env old; mv other env', directory, 'refresh');
    await expect(applying).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    expect(contentOf(join(directory, 'env'))).toEqual({ 'pyvenv.cfg': 'other', 'lib/x': 'other' });
  });

  test('also when a process in it removes it', async () => {
    const directory = testDirectory();
    const script = `rm -rf ${directory}/.vivarium-*; exit 1`;
    const step: Step = { kind: 'run', place: 'staging', command: ['/bin/sh', '-c', script], purpose: 'work' };
    const applying = applyPlan(planOf(join(directory, 'env'), 'create', [step]));
    await expect(applying).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
  });
});

describe('a program that was removing the staging directory goes on in the environment after the commit', () => {
  const remove = (env: string) => () => rmSync(join(env, 'a/file'));
  const files = [file('pyvenv.cfg', 'new'), file('a/file', ''), file('a/other', '')];
  const isStaging = (path: string): boolean => /\/new-[^/]+$/.test(path);

  test('a new one is taken back', async () => {
    const directory = testDirectory();
    const env = join(directory, 'env');
    const removed = vi.fn(remove(env));
    afterCall('renameSync', isStaging, removed);
    await expect(applyPlan(planOf(env, 'create', files))).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    expect(removed).toHaveBeenCalledOnce();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('the old one is put back', async () => {
    const directory = testDirectory({ 'env/pyvenv.cfg': 'old' });
    const env = join(directory, 'env');
    afterCall('renameSync', isStaging, remove(env));
    await expect(applyPlan(planOf(env, 'replace', files))).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'old' });
  });

  test('where the destination has to stay the same directory, its content is put back', async () => {
    const directory = testDirectory({ 'env/pyvenv.cfg': 'old' });
    const env = join(directory, 'env');
    refuse('renameSync', 'EBUSY', (from) => from === env);
    afterCall('renameSync', (path) => /\/new-[^/]+\/a$/.test(path), remove(env));
    await expect(applyPlan(planOf(env, 'replace', files))).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'old' });
  });

  test('an environment that another run has put there by now stays', async () => {
    const directory = testDirectory({ 'other/pyvenv.cfg': 'other' });
    const env = join(directory, 'env');
    afterCall('renameSync', isStaging, () => {
      renameSync(env, join(directory, 'aside'));
      renameSync(join(directory, 'other'), env);
    });
    await applyPlan(planOf(env, 'create', files));
    expect(contentOf(env)).toEqual({ 'pyvenv.cfg': 'other' });
  });
});

describe('of two runs that clear one destination, none goes on inside of it', () => {
  const clear = (env: string) => applyPlan(planOf(env, 'replace', [file('pyvenv.cfg', 'new')]));

  test('when the other one replaces it before it is moved away', async () => {
    const directory = testDirectory({ 'env/pyvenv.cfg': 'old', 'other/pyvenv.cfg': 'other' });
    const env = join(directory, 'env');
    beforeCall(
      'renameSync',
      (path) => path === env,
      () => renameSync(env, join(directory, 'aside')),
    );
    // The moment after that call has failed.
    beforeCall(
      'lstatSync',
      (path) => path === env && !existsSync(env),
      () => renameSync(join(directory, 'other'), env),
    );
    const inside = refuse('mkdirSync', 'EACCES', (path) => path.startsWith(`${env}/`));
    await clear(env);
    expect(contentOf(directory)).toEqual({ 'aside/pyvenv.cfg': 'old', 'env/pyvenv.cfg': 'new' });
    expect(inside.count).toBe(0);
  });

  test('when what the other one put there is gone again', async () => {
    const directory = testDirectory({ 'other/pyvenv.cfg': 'other' });
    const env = join(directory, 'env');
    const isStaging = (path: string): boolean => /\/new-[^/]+$/.test(path);
    beforeCall('renameSync', isStaging, () => renameSync(join(directory, 'other'), env));
    beforeCall(
      'lstatSync',
      (path) => path === env && existsSync(env),
      () => renameSync(env, join(directory, 'aside')),
    );
    const inside = refuse('mkdirSync', 'EACCES', (path) => path === env || path.startsWith(`${env}/`));
    await clear(env);
    expect(contentOf(directory)).toEqual({ 'aside/pyvenv.cfg': 'other', 'env/pyvenv.cfg': 'new' });
    expect(inside.count).toBe(0);
  });
});

test('an error that has another cause is told as it is', async () => {
  const directory = testDirectory();
  const step: Step = { kind: 'run', place: 'staging', command: ['/bin/false'], purpose: 'work' };
  const applying = applyPlan(planOf(join(directory, 'env'), 'create', [step]));
  await expect(applying).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
});

test('what a process removes, and what a step removes, is not missed', async () => {
  const directory = testDirectory();
  await applyPlan(
    planOf(join(directory, 'env'), 'create', [
      ...[file('a', ''), file('gone/x', '')],
      { kind: 'run', place: 'staging', command: ['/bin/rm', join(directory, 'env/a')], purpose: 'remove' },
      ...[file('b', ''), file('gone/y', ''), file('gone-not', '')],
      { kind: 'remove', path: 'gone' },
      { kind: 'remove', path: 'b' },
    ]),
  );
  expect(contentOf(directory)).toEqual({ 'env/gone-not': '' });
});

describe('a tree', () => {
  const tree = (path: string, source: string, files: readonly string[]): Step => {
    const directories = [...new Set(files.map((name) => dirname(name)))].filter((name) => name !== '.');
    return { kind: 'tree', path, source, directories, files: [...files], link: ['copy'] };
  };
  function sourceOf(directory: string, files: readonly string[]): string {
    const source = join(directory, 'source');
    for (const name of files) {
      mkdirSync(join(source, dirname(name)), { recursive: true });
      writeFileSync(join(source, name), '');
    }
    return source;
  }

  test('may share its directories with other steps, also where it is in the root', async () => {
    const directory = testDirectory();
    const source = sourceOf(directory, ['bin/b', 'lib/c', 'lib/d']);
    const steps = [
      ...[file('bin/a', ''), file('lib/x/y', '')],
      ...[tree('.', source, ['bin/b']), tree('lib', join(source, 'lib'), ['c', 'd'])],
    ];
    await applyPlan(planOf(join(directory, 'env'), 'create', steps));
    const all = ['bin/a', 'bin/b', 'lib/c', 'lib/d', 'lib/x/y'];
    expect(contentOf(join(directory, 'env'))).toEqual(Object.fromEntries(all.map((name) => [name, ''])));
  });

  test.each([
    ['a file at its top', 'c', []],
    ['a file further in', 'x/d', []],
    ['a file, after a step that removes something', 'x/d', [{ kind: 'remove', path: 'nothing' } satisfies Step]],
  ])('that loses %s is no environment', async (_, lost, more: readonly Step[]) => {
    const directory = testDirectory();
    const source = sourceOf(directory, ['c', 'x/d', 'x/e']);
    const remove = vi.fn(() => execFileSync('sh', ['-c', `rm .vivarium-*/new-*/lib/${lost}`], { cwd: directory }));
    beforeCall('writeFileSync', (path) => path.endsWith('/last'), remove);
    const steps = [tree('lib', source, ['c', 'x/d', 'x/e']), ...more, file('last', '')];
    const applying = applyPlan(planOf(join(directory, 'env'), 'create', steps));
    await expect(applying).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    expect(remove).toHaveBeenCalledOnce();
    expect(readdirSync(directory)).toEqual(['source']);
  });
});

describe('where others may rename what is there', () => {
  test.each([
    ['everyone may write, without the sticky bit', 0o777],
    ['a group may write', 0o775],
  ])('%s: nothing is written by the name of the directory of the run', async (_, mode) => {
    const directory = testDirectory();
    chmodSync(directory, mode);
    // Another process swaps the directory of the run for one of its own while the files are being written.
    const applying = applyWhile('mv $run aside; mkdir -p $new/b', directory);
    await expect(applying).rejects.toMatchObject({ code: 'STAGING_NOT_INTACT' });
    const planted = readdirSync(directory).find((name) => name.startsWith('.vivarium-'));
    expect(contentOf(join(directory, planted ?? ''))).toMatchObject({
      [`${readdirSync(join(directory, planted ?? ''))[0]}/b`]: '/',
    });
  });
});

test('the directory of a run is closed to others, and the environment as open as the umask says', async () => {
  const directory = testDirectory();
  const look = `stat -c %a ${directory}/.vivarium-* ${directory}/.vivarium-*/new-* > ${directory}/modes`;
  const step: Step = { kind: 'run', place: 'staging', command: ['/bin/sh', '-c', look], purpose: 'look' };
  const umask = process.umask(0o022);
  try {
    await applyPlan(planOf(join(directory, 'env'), 'create', [file('x', ''), step]));
  } finally {
    process.umask(umask);
  }
  expect(contentOf(directory).modes).toBe('700\n755\n');
  expect(statSync(join(directory, 'env')).mode & 0o777).toBe(0o755);
});

test('an environment that another run has put there while a process ran in it stays as it is', async () => {
  const directory = testDirectory({ 'other/pyvenv.cfg': 'other' });
  const [env, other] = [join(directory, 'env'), join(directory, 'other')];
  const swap = ['/bin/sh', '-c', `mv ${env} ${directory}/away && mv ${other} ${env}`] as const;
  const applying = applyPlan(planOf(env, 'create', [file('x', ''), { kind: 'run', command: swap, purpose: 'swap' }]));
  await expect(applying).rejects.toMatchObject({ code: 'DESTINATION_TAKEN' });
  expect(contentOf(env)).toEqual({ 'pyvenv.cfg': 'other' });
});

test('two runs that change one destination in place do so one after the other', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': '' });
  const env = join(directory, 'env');
  const versions = ['one', 'two', 'three'];
  const planFor = (version: string): Plan => {
    const files = Array.from({ length: 20 }, (_, index) => file(`pip/${index}`, version));
    return planOf(env, 'refresh', [{ kind: 'remove', path: 'pip' }, ...files, file(`pip/${version}`, '')]);
  };
  await Promise.all(versions.map((version) => applyPlan(planFor(version), { signal: new AbortController().signal })));
  const { 'pyvenv.cfg': _, ...pip } = contentOf(env);
  const [first] = Object.values(pip);
  expect(Object.keys(pip)).toHaveLength(21);
  expect(Object.values(pip).filter((text) => text !== first && text !== '')).toEqual([]);
  expect(versions).toContain(first);
  expect(pip).toHaveProperty([`pip/${first}`]);
});

test('a run waits for another one that is changing the destination, and gives up after some seconds', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'old' });
  const env = join(directory, 'env');
  const isThere = (name: string): boolean => readdirSync(env).includes(name);
  // The name of a running run: this process.
  let own = '';
  const look: Step = {
    kind: 'run',
    place: 'staging',
    command: ['/bin/sh', '-c', `cd ${env} && mkdir -p ../seen && ls -A | grep vivarium > ../seen/name`],
    purpose: 'look',
  };
  await applyPlan(planOf(env, 'refresh', [look]));
  own = (contentOf(directory)['seen/name'] ?? '').trim();
  const other = join(env, own.replace(/-\d+$/, '-99999'));
  mkdirSync(join(other, 'busy-x'), { recursive: true });
  await expect(applyPlan(planOf(env, 'refresh', [file('pyvenv.cfg', 'new')]))).rejects.toMatchObject({
    code: 'DESTINATION_TAKEN',
  });
  expect(contentOf(env)['pyvenv.cfg']).toBe('old');
  renameSync(join(other, 'busy-x'), join(other, 'new-x'));
  await applyPlan(planOf(env, 'refresh', [file('pyvenv.cfg', 'new')]));
  expect(contentOf(env)['pyvenv.cfg']).toBe('new');
  expect(isThere(own)).toBe(false);
}, 30_000);
