import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { applyPlan, type Plan, type Step } from '@vivarium/core/host';
import { expect, test } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { testCache } from './killed-run.ts';

const file = (path: string, contents: string, more: object = {}): Step => ({ kind: 'file', path, contents, ...more });

test('makes directories, files, links, copies and trees at a destination whose parents are missing', async () => {
  const directory = testDirectory({
    'base/python': '#!python',
    'image/pip/__init__.py': 'pip',
    'image/pip/a/b.py': 'b',
  });
  const destination = join(directory, 'deep/er/env');
  const applied = await applyPlan(
    planOf(destination, 'create', [
      { kind: 'directory', path: 'include' },
      { kind: 'symlink', path: 'bin/python', target: join(directory, 'base/python') },
      { kind: 'copy', path: 'bin/copy', source: join(directory, 'base/python'), mode: 0o755 },
      file('pyvenv.cfg', 'home = x\n'),
      {
        kind: 'tree',
        path: 'lib',
        source: join(directory, 'image'),
        directories: ['pip', 'pip/a'],
        files: ['pip/__init__.py', 'pip/a/b.py'],
        link: ['copy'],
      },
    ]),
  );
  expect(contentOf(destination)).toEqual({
    include: '/',
    'bin/python': `-> ${join(directory, 'base/python')}`,
    'bin/copy': '#!python',
    'pyvenv.cfg': 'home = x\n',
    'lib/pip/__init__.py': 'pip',
    'lib/pip/a/b.py': 'b',
  });
  expect(statSync(join(destination, 'bin/copy')).mode & 0o777).toBe(0o755);
  expect(applied.linkModes).toEqual(['copy']);
  expect(readdirSync(join(directory, 'deep/er'))).toEqual(['env']);
});

test.each(['hardlink', 'symlink', 'copy'] as const)('puts a tree in by %s and says so', async (link) => {
  const directory = testDirectory({ 'image/a.py': 'a' });
  const plan = planOf(join(directory, 'env'), 'create', [
    { kind: 'tree', path: 'lib', source: join(directory, 'image'), directories: [], files: ['a.py'], link: [link] },
  ]);
  expect((await applyPlan(plan)).linkModes).toEqual([link]);
  expect(statSync(join(directory, 'env/lib/a.py')).ino === statSync(join(directory, 'image/a.py')).ino).toBe(
    link !== 'copy',
  );
});

test('falls back to the next way of linking when one does not work', async () => {
  const directory = testDirectory();
  // procfs files can be read, but neither be cloned nor be linked from another file system.
  const plan = planOf(join(directory, 'env'), 'create', [
    {
      kind: 'tree',
      path: 'lib',
      source: '/proc/self',
      directories: [],
      files: ['status'],
      link: ['reflink', 'hardlink', 'copy'],
    },
  ]);
  expect((await applyPlan(plan)).linkModes).toEqual(['copy']);
});

test('leaves nothing, not even parents it made, when a step fails', async () => {
  const directory = testDirectory();
  const plan = planOf(join(directory, 'a/b/env'), 'create', [
    file('pyvenv.cfg', ''),
    { kind: 'copy', path: 'bin/python', source: join(directory, 'missing') },
  ]);
  await expect(applyPlan(plan)).rejects.toMatchObject({ code: 'WRITE_FAILED', hint: 'Nothing was left behind.' });
  expect(contentOf(directory)).toEqual({});
});

test('takes the place of an empty directory, and of nothing else that came up in the meantime', async () => {
  const directory = testDirectory();
  const destination = join(directory, 'env');
  mkdirSync(destination);
  await applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'first')]));
  await expect(applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'second')]))).rejects.toMatchObject({
    code: 'DESTINATION_TAKEN',
  });
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'first' });
});

test('replaces a directory whole', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'old', 'env/lib/package.py': 'old' });
  await applyPlan(planOf(join(directory, 'env'), 'replace', [file('pyvenv.cfg', 'new')]));
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'new' });
});

test('keeps the old directory when its replacement can not be created', async () => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'old' });
  const steps: Step[] = [file('pyvenv.cfg', 'new'), { kind: 'run', command: ['/bin/false'], purpose: 'succeed' }];
  await expect(applyPlan(planOf(join(directory, 'env'), 'replace', steps))).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
  });
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': 'old' });
});

test('runs processes at the destination, with the steps before them done and those after them not yet', async () => {
  const directory = testDirectory();
  const destination = join(directory, 'env');
  await applyPlan(
    planOf(destination, 'create', [
      file('before', ''),
      {
        kind: 'run',
        command: ['/bin/sh', '-c', `ls ${destination} > ${directory}/seen; echo $WORD >> ${directory}/seen`],
        env: { WORD: 'said' },
        purpose: 'look',
      },
      file('after', ''),
    ]),
  );
  expect(contentOf(directory)).toEqual({ 'env/before': '', 'env/after': '', seen: 'before\nsaid\n' });
});

test('takes away what was created when a process fails, and shows what it printed', async () => {
  const directory = testDirectory();
  const steps: Step[] = [
    file('x', ''),
    { kind: 'run', command: ['/bin/sh', '-c', 'echo oh no >&2; exit 3'], purpose: 'be well' },
  ];
  await expect(applyPlan(planOf(join(directory, 'env'), 'create', steps))).rejects.toMatchObject({
    message: 'Could not be well: /bin/sh ended with 3',
    hint: 'It printed:\noh no',
  });
  expect(contentOf(directory)).toEqual({});
});

test('stops and takes everything away when it is interrupted', async () => {
  const directory = testDirectory();
  const controller = new AbortController();
  void setTimeout(100).then(() => controller.abort());
  const steps: Step[] = [file('x', ''), { kind: 'run', command: ['/bin/sleep', '60'], purpose: 'sleep' }];
  const applying = applyPlan(planOf(join(directory, 'env'), 'create', steps), { signal: controller.signal });
  await expect(applying).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(contentOf(directory)).toEqual({});
});

test('refreshes file by file, replaces links themselves and keeps what it does not know', async () => {
  const directory = testDirectory({
    outside: 'mine',
    'env/lib/package.py': 'kept',
    'env/.gitignore': 'my own\n',
    'image/a.py': 'new',
  });
  symlinkSync(join(directory, 'outside'), join(directory, 'env/dangerous'));
  symlinkSync(join(directory, 'gone'), join(directory, 'env/python'));
  linkSync(join(directory, 'image/a.py'), join(directory, 'env/lib/a.py'));
  await applyPlan(
    planOf(join(directory, 'env'), 'refresh', [
      file('dangerous', 'written'),
      { kind: 'symlink', path: 'python', target: '/usr/bin/env' },
      file('.gitignore', '*\n', { existing: 'keep' }),
      {
        kind: 'tree',
        path: 'lib',
        source: join(directory, 'image'),
        directories: [],
        files: ['a.py'],
        link: ['hardlink'],
      },
    ]),
  );
  expect(contentOf(directory)).toEqual({
    outside: 'mine',
    'image/a.py': 'new',
    'env/lib/package.py': 'kept',
    'env/lib/a.py': 'new',
    'env/.gitignore': 'my own\n',
    'env/dangerous': 'written',
    'env/python': '-> /usr/bin/env',
  });
});

test('removes what a killed run left, and leaves that of a running one alone', async () => {
  const directory = testDirectory();
  const destination = join(directory, 'env');
  execFileSync('mkfifo', [join(directory, 'fifo')]);
  const cache = testCache();
  const plan = planOf(destination, 'create', [
    file('x', ''),
    { kind: 'copy', path: 'y', source: join(directory, 'fifo') },
  ]);
  const [killed, living] = [
    await applyUntilBlocked(plan, cache.directory),
    await applyUntilBlocked(plan, cache.directory),
  ];
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  expect(readdirSync(directory).sort()).toEqual([killed.staging, living.staging, 'fifo'].sort());

  await applyPlan(planOf(destination, 'create', [file('x', '')]), { cache });
  expect(readdirSync(directory).sort()).toEqual([living.staging, 'env', 'fifo'].sort());
  living.process.kill('SIGKILL');
});

/** Applies a plan in a process of its own, up to a step that never ends. */
async function applyUntilBlocked(plan: Plan, cache: string): Promise<{ process: ChildProcess; staging: string }> {
  const directory = dirname(plan.environment.destination);
  const before = new Set(readdirSync(directory));
  const script = `import { applyPlan, openCache } from '@vivarium/core/host';
    await applyPlan(${JSON.stringify(plan)}, { cache: openCache({ directory: ${JSON.stringify(cache)} }) });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: 'ignore',
    cwd: import.meta.dirname,
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
    const staging = readdirSync(directory).find((name) => !before.has(name));
    const names = staging === undefined ? [] : readdirSync(join(directory, staging), { recursive: true });
    if (staging !== undefined && names.some((name) => basename(String(name)) === 'x'))
      return { process: child, staging };
    await setTimeout(20);
  }
}

test('creates one environment when two are asked for at the same place at once', async () => {
  const directory = testDirectory();
  const plan = planOf(join(directory, 'env'), 'create', [file('pyvenv.cfg', '')]);
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => applyPlan(plan, { signal: new AbortController().signal })),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(contentOf(directory)).toEqual({ 'env/pyvenv.cfg': '' });
});

test('exchanges the content of the working directory and keeps the directory', async () => {
  const directory = testDirectory({ 'parent/env/pyvenv.cfg': 'old', 'parent/env/other': 'old' });
  const inode = statSync(join(directory, 'parent/env')).ino;
  const plan = planOf(join(directory, 'parent/env'), 'replace', [file('pyvenv.cfg', 'new')]);
  process.chdir(join(directory, 'parent/env'));
  try {
    await applyPlan(plan);
  } finally {
    process.chdir('/');
  }
  expect(contentOf(directory)).toEqual({ 'parent/env/pyvenv.cfg': 'new' });
  expect(statSync(join(directory, 'parent/env')).ino).toBe(inode);
});

test('leaves a directory where a link may be a directory', async () => {
  const directory = testDirectory({ 'env/lib64/package.py': 'kept' });
  await applyPlan(
    planOf(join(directory, 'env'), 'refresh', [{ kind: 'symlink', path: 'lib64', target: 'lib', orDirectory: true }]),
  );
  expect(contentOf(directory)).toEqual({ 'env/lib64/package.py': 'kept' });
});

test('honours the umask', async () => {
  const directory = testDirectory();
  await applyPlan(
    planOf(join(directory, 'env'), 'create', [file('bin/pip', '#!', { mode: 0o777 }), file('plain', '')]),
  );
  const mask = process.umask();
  expect(statSync(join(directory, 'env/bin/pip')).mode & 0o777).toBe(0o777 & ~mask);
  expect(statSync(join(directory, 'env/plain')).mode & 0o777).toBe(0o666 & ~mask);
});

test('refuses a plan for another platform', async () => {
  const directory = testDirectory();
  const plan = planOf(join(directory, 'env'), 'create', []);
  const windows = {
    ...plan,
    environment: { ...plan.environment, interpreter: { ...plan.environment.interpreter, os: 'nt', platform: 'win32' } },
  } as const;
  await expect(applyPlan(windows)).rejects.toMatchObject({ code: 'PLATFORM_MISMATCH' });
});
