import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonsHere } from './pythons.ts';
import { newDesk } from './vivarium.ts';

test('vivarium pythons lists what is on this machine, newest first, and the same again without a probe', async () => {
  const desk = newDesk();
  const listed = await desk.vivarium('pythons', '--json');
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
  const rows = JSON.parse(listed.stdout) as Row[];
  const versions = rows.map(
    ({ interpreter: { version } }) => version.major * 1e6 + version.minor * 1e3 + version.micro,
  );
  expect(versions).toEqual([...versions].sort((a, b) => b - a));
  const names = rows.map(({ interpreter: { version } }) => `${version.major}.${version.minor}.${version.micro}`);
  for (const { name } of pythonsHere()) if (name !== 'system') expect(names).toContain(name);
  expect((await desk.vivarium('pythons', '--json')).stdout).toBe(listed.stdout);

  const [newest] = rows;
  const one = await desk.vivarium(
    'pythons',
    `${newest?.interpreter.version.major}.${newest?.interpreter.version.minor}`,
  );
  expect(one.stdout).toContain(newest?.executable);
});

interface Row {
  readonly executable: string;
  readonly interpreter: {
    readonly version: { readonly major: number; readonly minor: number; readonly micro: number };
  };
}

test('vivarium pythons says so when nothing fits', async () => {
  const finished = await newDesk().vivarium('pythons', '3.99');
  expect(finished).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('No Python on this machine is 3.99'),
  });
});

test('vivarium cache tells where it is and what it takes, and empties it', async () => {
  const desk = newDesk();
  await desk.vivarium('create', 'env');
  const folder = join(desk.folder, 'data/vivarium');
  expect((await desk.vivarium('cache', 'dir')).stdout).toBe(folder);
  const info = JSON.parse((await desk.vivarium('cache', 'info', '--json')).stdout);
  expect(info).toMatchObject({ folder, kinds: expect.arrayContaining([expect.objectContaining({ kind: 'images' })]) });
  expect(info.bytes).toBeGreaterThan(1e6);
  expect((await desk.vivarium('cache', 'prune')).stdout).toContain('took 0 entries out');
  expect((await desk.vivarium('cache', 'clean')).stdout).toBe(`emptied ${folder}`);
  expect(readdirSync(join(desk.folder, 'data'))).toEqual([]);
  expect(await desk.run(join(desk.folder, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  expect(await desk.vivarium('create', '--reset-app-data', 'again')).toMatchObject({ exitCode: 0 });
});

test('vivarium cache refuses to empty what is not a cache', async () => {
  const desk = newDesk();
  await desk.run('mkdir', '-p', 'home/letters');
  const finished = await desk.vivarium('cache', 'clean', '--app-data', 'home');
  expect(finished).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not marked as a cache') });
  expect(readdirSync(join(desk.folder, 'home'))).toEqual(['letters']);
});

test('--creator help says of each creator whether it serves the interpreter', async () => {
  const { stdout } = await newDesk().vivarium('create', '--creator', 'help');
  expect(stdout).toMatch(/^cpython-posix\s+CPython3Posix: yes, for CPython 3/m);
  expect(stdout).toMatch(/^pypy-posix\s+PyPy3Posix: no, because it is CPython and not PyPy$/m);
});
