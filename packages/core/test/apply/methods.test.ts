import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { applyPlan, type LinkMode, type Step } from '@vivarium/core/host';
import { recoverDestination } from '@vivarium/core/internal';
import { describe, expect, test } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { killedRun, testCache } from './killed-run.ts';
import { refuse } from './refused.ts';

// What file systems answer to what they can't do, and some errors that have nothing to do with that.
const ERRORS = [
  'EXDEV',
  'EPERM',
  'ENODATA',
  'EIO',
  'ENOENT',
  'EACCES',
  'ENOTSUP',
  'ENOSYS',
  'EINVAL',
  'EROFS',
  'ESTALE',
];

const file = (path: string, contents: string): Step => ({ kind: 'file', path, contents });
const tree = (source: string, files: readonly string[], ...link: readonly LinkMode[]): Step => {
  return { kind: 'tree', path: 'lib', source, directories: [], files, link };
};

describe('a way of putting a file in that fails leads to the next one, whatever the error', () => {
  test.each(ERRORS)('%s from link and from the first way to copy', async (code) => {
    const directory = testDirectory({ 'image/a.py': 'a', 'image/b.py': 'b' });
    const refused = [refuse('linkSync', code), refuse('copyFileSync', code), refuse('utimesSync', code)];
    const step = tree(join(directory, 'image'), ['a.py', 'b.py'], 'reflink', 'hardlink', 'copy');
    const applied = await applyPlan(planOf(join(directory, 'env'), 'create', [step]));
    expect(applied.linkModes).toEqual(['copy']);
    expect(contentOf(join(directory, 'env'))).toEqual({ 'lib/a.py': 'a', 'lib/b.py': 'b' });
    // Once for the first file; reflink and copy use the same call.
    expect(refused.map(({ count }) => count)).toEqual([1, 3, 2]);
  });

  test.each(ERRORS)('%s from symlink', async (code) => {
    const directory = testDirectory({ program: '#!' });
    chmodSync(join(directory, 'program'), 0o755);
    const refused = refuse('symlinkSync', code);
    const target = join(directory, 'program');
    await applyPlan(
      planOf(join(directory, 'env'), 'create', [
        { kind: 'symlink', path: 'bin/python', target, orCopy: target },
        { kind: 'symlink', path: 'bin/tool', target, orFile: { contents: 'text', mode: 0o755 } },
        { kind: 'symlink', path: 'lib64', target: 'lib', orDirectory: true },
      ]),
    );
    expect(contentOf(join(directory, 'env'))).toEqual({ 'bin/python': '#!', 'bin/tool': 'text', lib64: '/' });
    expect(statSync(join(directory, 'env/bin/python')).mode & 0o700).toBe(0o700);
    expect(refused.count).toBeGreaterThanOrEqual(3);
  });

  test('the last way tells what is really wrong', async () => {
    const directory = testDirectory({ 'image/a.py': 'a' });
    refuse('linkSync', 'EIO');
    const step = tree(join(directory, 'image'), ['missing.py'], 'hardlink', 'copy');
    await expect(applyPlan(planOf(join(directory, 'env'), 'create', [step]))).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      cause: expect.objectContaining({ code: 'ENOENT', path: join(directory, 'image/missing.py') }),
    });
  });

  test('without another way, the error of the only one is told', async () => {
    const directory = testDirectory({ 'image/a.py': 'a' });
    refuse('linkSync', 'EMLINK');
    refuse('symlinkSync', 'ENODATA');
    const link: Step = { kind: 'symlink', path: 'python', target: '/usr/bin/env' };
    for (const [step, code] of [
      [tree(join(directory, 'image'), ['a.py'], 'hardlink'), 'EMLINK'],
      [link, 'ENODATA'],
    ] as const) {
      const applying = applyPlan(planOf(join(directory, 'env'), 'create', [step]));
      await expect(applying).rejects.toMatchObject({ cause: expect.objectContaining({ code }) });
    }
    expect(readdirSync(directory)).toEqual(['image']);
  });

  test('a file with too many links says nothing of the next one, and both ways are reported', async () => {
    const directory = testDirectory({ 'image/a.py': 'a', 'image/b.py': 'b', 'image/c.py': 'c' });
    refuse('linkSync', 'EMLINK', (source) => source.endsWith('a.py') || source.endsWith('c.py'));
    const step = tree(join(directory, 'image'), ['a.py', 'b.py', 'c.py'], 'hardlink', 'copy');
    const applied = await applyPlan(planOf(join(directory, 'env'), 'create', [step]));
    expect([...applied.linkModes].sort()).toEqual(['copy', 'hardlink']);
    const links = ['a.py', 'b.py', 'c.py'].map((name) => statSync(join(directory, 'image', name)).nlink);
    expect(links).toEqual([1, 2, 1]);
  });

  test('a copy has the times of its source, where they can be set', async () => {
    const directory = testDirectory({ 'image/a.py': 'a' });
    utimesSync(join(directory, 'image/a.py'), 1000, 1000);
    const step = tree(join(directory, 'image'), ['a.py'], 'copy');
    await applyPlan(planOf(join(directory, 'env'), 'create', [step]));
    expect(statSync(join(directory, 'env/lib/a.py')).mtimeMs).toBe(1_000_000);
  });

  test('permissions that can not be set are no error where they are sufficient, and one where not', async () => {
    const directory = testDirectory({ program: '#!' });
    const step: Step = { kind: 'copy', path: 'python', source: join(directory, 'program'), mode: 0o755 };
    refuse('chmodSync', 'EACCES');
    await expect(applyPlan(planOf(join(directory, 'env'), 'create', [step]))).rejects.toMatchObject({
      cause: expect.objectContaining({ code: 'EACCES' }),
    });
    execFileSync('chmod', ['700', join(directory, 'program')]);
    await applyPlan(planOf(join(directory, 'env'), 'create', [step]));
    expect(statSync(join(directory, 'env/python')).mode & 0o777).toBe(0o700);
  });

  test('a copy does not overwrite what another process has put there', async () => {
    const directory = testDirectory({ program: '#!' });
    const step: Step = { kind: 'copy', path: 'python', source: join(directory, 'program') };
    const applying = applyPlan(planOf(join(directory, 'env'), 'create', [file('python', ''), step]));
    await expect(applying).rejects.toMatchObject({ cause: expect.objectContaining({ code: 'EEXIST' }) });
  });
});

describe('directories that can not be renamed', () => {
  const isDirectory = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  /** As an overlay file system does it: what this run has not created is of a lower layer. */
  const isLower = (from: string): boolean =>
    isDirectory(from) && existsSync(join(from, 'lower')) && !/(?:new|out|back)-[^/]*$/.test(from);
  const old = {
    'env/lower': '',
    'env/pyvenv.cfg': 'old',
    'env/lib/lower': '',
    'env/lib/deep/lower': '',
    'env/bin/lower': '',
  };

  test.each(ERRORS)('%s: an environment is replaced, with all of its content', async (code) => {
    const directory = testDirectory(old);
    symlinkSync('lib', join(directory, 'env/lib64'));
    const refused = refuse('renameSync', code, isLower);
    const steps = [file('pyvenv.cfg', 'new'), file('lib/a', 'new'), file('bin/python', 'new')];
    await applyPlan(planOf(join(directory, 'env'), 'replace', steps));
    expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'new', 'env/lib/a': 'new', 'env/bin/python': 'new' });
    expect(refused.count).toBeGreaterThan(2);
  });

  test('the old one is put back as it was when the new one fails', async () => {
    const directory = testDirectory(old);
    chmodSync(join(directory, 'env/lib'), 0o750);
    utimesSync(join(directory, 'env/lib'), 1000, 1000);
    refuse('renameSync', 'EXDEV', isLower);
    const steps: Step[] = [file('lib/a', 'new'), { kind: 'run', command: ['/bin/false'], purpose: 'succeed' }];
    const applying = applyPlan(planOf(join(directory, 'env'), 'replace', steps));
    await expect(applying).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
    expect(contentOf(directory)).toEqual(old);
    expect(statSync(join(directory, 'env/lib')).mode & 0o777).toBe(0o750);
    expect(statSync(join(directory, 'env/lib')).mtimeMs).toBe(1_000_000);
  });

  test('a directory becomes a link, and a link a directory, in an environment that is refreshed', async () => {
    const directory = testDirectory({ 'env/pip/lower': '', 'image/x': '' });
    symlinkSync('pip', join(directory, 'env/other'));
    const refused = refuse('renameSync', 'EXDEV', isLower);
    const remove = (path: string): Step => ({ kind: 'remove', path });
    await applyPlan(
      planOf(join(directory, 'env'), 'refresh', [
        remove('pip'),
        remove('other'),
        { kind: 'symlink', path: 'pip', target: '../image' },
        file('other/x', 'new'),
      ]),
    );
    expect(contentOf(join(directory, 'env'))).toEqual({ pip: '-> ../image', 'other/x': 'new' });
    expect(refused.count).toBeGreaterThan(0);
  });

  test('what a killed run had moved away is put back in one step', () => {
    const [destination, cache] = [join(testDirectory(), 'env'), testCache()];
    const { path, pathOf } = killedRun(destination, cache, 'replace');
    mkdirSync(join(pathOf('old'), 'lib'), { recursive: true });
    writeFileSync(join(pathOf('old'), 'lib/lower'), 'x');
    writeFileSync(join(pathOf('old'), 'lower'), 'x');
    const refused = refuse('renameSync', 'EXDEV', (from) => from.includes('old-') && isLower(from));
    recoverDestination(destination, cache);
    expect(contentOf(destination)).toEqual({ lower: 'x', 'lib/lower': 'x' });
    // The whole, the same to where it can be renamed, and the directory in it.
    expect(refused.count).toBe(3);
    expect(existsSync(pathOf('old'))).toBe(false);
    expect(existsSync(path)).toBe(true);
  });

  test('files are copied where they can not be renamed either', async () => {
    const directory = testDirectory(old);
    symlinkSync('gone', join(directory, 'env/link'));
    const isOld = (from: string): boolean => !from.includes('new-') && !from.includes('out-');
    const refused = refuse('renameSync', 'ENOSYS', isOld);
    await applyPlan(planOf(join(directory, 'env'), 'replace', [file('pyvenv.cfg', 'new')]));
    expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'new' });
    expect(refused.count).toBeGreaterThan(5);
  });

  test('a new environment is moved in piece by piece', async () => {
    const directory = testDirectory();
    const refused = refuse('renameSync', 'EXDEV', (from) => isDirectory(from) && !/out-/.test(from));
    const steps = [file('lib/a/b', 'new'), file('pyvenv.cfg', 'new')];
    await applyPlan(planOf(join(directory, 'deep/env'), 'create', steps));
    expect(contentOf(directory)).toEqual({ 'deep/env/lib/a/b': 'new', 'deep/env/pyvenv.cfg': 'new' });
    expect(refused.count).toBeGreaterThan(1);
  });

  test('nothing is left, not even parents that were created, where no way works', async () => {
    const directory = testDirectory();
    refuse('renameSync', 'EIO', (from) => !from.includes('out-'));
    refuse('copyFileSync', 'EIO');
    refuse('unlinkSync', 'EIO', (path) => path.endsWith('pyvenv.cfg') && !path.includes('new-'));
    refuse('chmodSync', 'EIO');
    const steps: Step[] = [{ kind: 'symlink', path: 'x', target: 'y' }];
    refuse('symlinkSync', 'EIO', (_, path) => path?.includes('fd') === true);
    const applying = applyPlan(planOf(join(directory, 'deep/env'), 'create', steps));
    await expect(applying).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      cause: expect.objectContaining({ code: 'EIO' }),
    });
    expect(contentOf(directory)).toEqual({});
  });
});
