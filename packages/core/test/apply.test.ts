import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { applyPlan, type Plan, type Step } from '@vivarium/core';
import { expect, test } from 'vitest';
import { planOf } from './example.ts';
import { contentOf, testFolder } from './folder.ts';

const file = (path: string, contents: string, more: object = {}): Step => ({ kind: 'file', path, contents, ...more });

test('makes folders, files, links, copies and trees at a destination whose parents are missing', async () => {
  const folder = testFolder({ 'base/python': '#!python', 'image/pip/__init__.py': 'pip', 'image/pip/a/b.py': 'b' });
  const destination = join(folder, 'deep/er/env');
  const applied = await applyPlan(
    planOf(destination, 'create', [
      { kind: 'directory', path: 'include' },
      { kind: 'symlink', path: 'bin/python', target: join(folder, 'base/python') },
      { kind: 'copy', path: 'bin/copy', source: join(folder, 'base/python'), mode: 0o755 },
      file('pyvenv.cfg', 'home = x\n'),
      {
        kind: 'tree',
        path: 'lib',
        source: join(folder, 'image'),
        directories: ['pip', 'pip/a'],
        files: ['pip/__init__.py', 'pip/a/b.py'],
        link: ['copy'],
      },
    ]),
  );
  expect(contentOf(destination)).toEqual({
    include: '/',
    'bin/python': `-> ${join(folder, 'base/python')}`,
    'bin/copy': '#!python',
    'pyvenv.cfg': 'home = x\n',
    'lib/pip/__init__.py': 'pip',
    'lib/pip/a/b.py': 'b',
  });
  expect(statSync(join(destination, 'bin/copy')).mode & 0o777).toBe(0o755);
  expect(applied.linkModes).toEqual(['copy']);
  expect(readdirSync(join(folder, 'deep/er'))).toEqual(['env']);
});

test.each(['hardlink', 'symlink', 'copy'] as const)('puts a tree in by %s and says so', async (link) => {
  const folder = testFolder({ 'image/a.py': 'a' });
  const plan = planOf(join(folder, 'env'), 'create', [
    { kind: 'tree', path: 'lib', source: join(folder, 'image'), directories: [], files: ['a.py'], link: [link] },
  ]);
  expect((await applyPlan(plan)).linkModes).toEqual([link]);
  expect(statSync(join(folder, 'env/lib/a.py')).ino === statSync(join(folder, 'image/a.py')).ino).toBe(link !== 'copy');
});

test('goes on to the next way of linking when one does not work', async () => {
  const folder = testFolder();
  // procfs files can be read, but neither be cloned nor be linked from another file system.
  const plan = planOf(join(folder, 'env'), 'create', [
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
  const folder = testFolder();
  const plan = planOf(join(folder, 'a/b/env'), 'create', [
    file('pyvenv.cfg', ''),
    { kind: 'copy', path: 'bin/python', source: join(folder, 'missing') },
  ]);
  await expect(applyPlan(plan)).rejects.toMatchObject({ code: 'WRITE_FAILED', hint: 'Nothing was left behind.' });
  expect(contentOf(folder)).toEqual({});
});

test('takes the place of an empty folder, and of nothing else that came up meanwhile', async () => {
  const folder = testFolder();
  const destination = join(folder, 'env');
  mkdirSync(destination);
  await applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'first')]));
  await expect(applyPlan(planOf(destination, 'create', [file('pyvenv.cfg', 'second')]))).rejects.toMatchObject({
    code: 'DESTINATION_TAKEN',
  });
  expect(contentOf(folder)).toEqual({ 'env/pyvenv.cfg': 'first' });
});

test('replaces a folder whole', async () => {
  const folder = testFolder({ 'env/pyvenv.cfg': 'old', 'env/lib/package.py': 'old' });
  await applyPlan(planOf(join(folder, 'env'), 'replace', [file('pyvenv.cfg', 'new')]));
  expect(contentOf(folder)).toEqual({ 'env/pyvenv.cfg': 'new' });
});

test('keeps the old folder when its replacement can not be made', async () => {
  const folder = testFolder({ 'env/pyvenv.cfg': 'old' });
  const steps: Step[] = [file('pyvenv.cfg', 'new'), { kind: 'run', command: ['/bin/false'], purpose: 'succeed' }];
  await expect(applyPlan(planOf(join(folder, 'env'), 'replace', steps))).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
  });
  expect(contentOf(folder)).toEqual({ 'env/pyvenv.cfg': 'old' });
});

test('runs processes at the destination, with the steps before them done and those after them not yet', async () => {
  const folder = testFolder();
  const destination = join(folder, 'env');
  await applyPlan(
    planOf(destination, 'create', [
      file('before', ''),
      {
        kind: 'run',
        command: ['/bin/sh', '-c', `ls ${destination} > ${folder}/seen; echo $WORD >> ${folder}/seen`],
        env: { WORD: 'said' },
        purpose: 'look',
      },
      file('after', ''),
    ]),
  );
  expect(contentOf(folder)).toEqual({ 'env/before': '', 'env/after': '', seen: 'before\nsaid\n' });
});

test('takes away what was made when a process fails, and shows what it printed', async () => {
  const folder = testFolder();
  const steps: Step[] = [
    file('x', ''),
    { kind: 'run', command: ['/bin/sh', '-c', 'echo oh no >&2; exit 3'], purpose: 'be well' },
  ];
  await expect(applyPlan(planOf(join(folder, 'env'), 'create', steps))).rejects.toMatchObject({
    message: 'Could not be well: /bin/sh ended with 3',
    hint: 'It printed:\noh no',
  });
  expect(contentOf(folder)).toEqual({});
});

test('stops and takes everything away when it is interrupted', async () => {
  const folder = testFolder();
  const controller = new AbortController();
  void setTimeout(100).then(() => controller.abort());
  const steps: Step[] = [file('x', ''), { kind: 'run', command: ['/bin/sleep', '60'], purpose: 'sleep' }];
  const applying = applyPlan(planOf(join(folder, 'env'), 'create', steps), { signal: controller.signal });
  await expect(applying).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(contentOf(folder)).toEqual({});
});

test('refreshes file by file, replaces links themselves and keeps what it does not know', async () => {
  const folder = testFolder({
    outside: 'mine',
    'env/lib/package.py': 'kept',
    'env/.gitignore': 'my own\n',
    'image/a.py': 'new',
  });
  symlinkSync(join(folder, 'outside'), join(folder, 'env/dangerous'));
  symlinkSync(join(folder, 'gone'), join(folder, 'env/python'));
  linkSync(join(folder, 'image/a.py'), join(folder, 'env/lib/a.py'));
  await applyPlan(
    planOf(join(folder, 'env'), 'refresh', [
      file('dangerous', 'written'),
      { kind: 'symlink', path: 'python', target: '/usr/bin/env' },
      file('.gitignore', '*\n', { existing: 'keep' }),
      {
        kind: 'tree',
        path: 'lib',
        source: join(folder, 'image'),
        directories: [],
        files: ['a.py'],
        link: ['hardlink'],
      },
    ]),
  );
  expect(contentOf(folder)).toEqual({
    outside: 'mine',
    'image/a.py': 'new',
    'env/lib/package.py': 'kept',
    'env/lib/a.py': 'new',
    'env/.gitignore': 'my own\n',
    'env/dangerous': 'written',
    'env/python': '-> /usr/bin/env',
  });
});

test('clears away what a killed run left, and leaves that of a living one alone', async () => {
  const folder = testFolder();
  const destination = join(folder, 'env');
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  const plan = planOf(destination, 'create', [
    file('x', ''),
    { kind: 'copy', path: 'y', source: join(folder, 'fifo') },
  ]);
  const [killed, living] = [await applyUntilBlocked(plan), await applyUntilBlocked(plan)];
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  expect(readdirSync(folder).sort()).toEqual([killed.staging, living.staging, 'fifo'].sort());

  await applyPlan(planOf(destination, 'create', [file('x', '')]));
  expect(readdirSync(folder).sort()).toEqual([living.staging, 'env', 'fifo'].sort());
  living.process.kill('SIGKILL');
});

/** Applies a plan in a process of its own, up to a step that waits for ever. */
async function applyUntilBlocked(plan: Plan): Promise<{ process: ChildProcess; staging: string }> {
  const folder = dirname(plan.environment.destination);
  const before = new Set(readdirSync(folder));
  const script = `import { applyPlan } from '@vivarium/core'; await applyPlan(${JSON.stringify(plan)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  for (;;) {
    const staging = readdirSync(folder).find((name) => !before.has(name));
    if (staging !== undefined && readdirSync(join(folder, staging)).includes('x')) return { process: child, staging };
    await setTimeout(20);
  }
}

test('makes one environment when two are asked for at the same place at once', async () => {
  const folder = testFolder();
  const plan = planOf(join(folder, 'env'), 'create', [file('pyvenv.cfg', '')]);
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => applyPlan(plan, { signal: new AbortController().signal })),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(contentOf(folder)).toEqual({ 'env/pyvenv.cfg': '' });
});

test('exchanges the content of the working folder and keeps the folder', async () => {
  const folder = testFolder({ 'parent/env/pyvenv.cfg': 'old', 'parent/env/other': 'old' });
  const inode = statSync(join(folder, 'parent/env')).ino;
  const plan = planOf(join(folder, 'parent/env'), 'replace', [file('pyvenv.cfg', 'new')]);
  process.chdir(join(folder, 'parent/env'));
  try {
    await applyPlan(plan);
  } finally {
    process.chdir('/');
  }
  expect(contentOf(folder)).toEqual({ 'parent/env/pyvenv.cfg': 'new' });
  expect(statSync(join(folder, 'parent/env')).ino).toBe(inode);
});

test('leaves a folder where a link may be a folder', async () => {
  const folder = testFolder({ 'env/lib64/package.py': 'kept' });
  await applyPlan(
    planOf(join(folder, 'env'), 'refresh', [{ kind: 'symlink', path: 'lib64', target: 'lib', orDirectory: true }]),
  );
  expect(contentOf(folder)).toEqual({ 'env/lib64/package.py': 'kept' });
});

test('honours the umask', async () => {
  const folder = testFolder();
  await applyPlan(planOf(join(folder, 'env'), 'create', [file('bin/pip', '#!', { mode: 0o777 }), file('plain', '')]));
  const mask = process.umask();
  expect(statSync(join(folder, 'env/bin/pip')).mode & 0o777).toBe(0o777 & ~mask);
  expect(statSync(join(folder, 'env/plain')).mode & 0o777).toBe(0o666 & ~mask);
});

test('refuses a plan for another platform', async () => {
  const folder = testFolder();
  const plan = planOf(join(folder, 'env'), 'create', []);
  const windows = {
    ...plan,
    environment: { ...plan.environment, interpreter: { ...plan.environment.interpreter, os: 'nt', platform: 'win32' } },
  } as const;
  await expect(applyPlan(windows)).rejects.toMatchObject({ code: 'PLATFORM_MISMATCH' });
});
