import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { anyPython } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

const python = anyPython().executable;
// Newer Nodes keep compiled code themselves, in files of their own form; an executable has it in itself.
const isElsewhere = process.versions.node.split('.').map(Number)[0] !== 20;

const create = (sandbox: Sandbox, name: string, ...more: string[]) =>
  sandbox.vivarium('create', '-p', python, '--no-seed', name, ...more);
const directoryOf = (sandbox: Sandbox) => join(sandbox.directory, 'data/vivarium/code/1');

/** The file that compiled code is in once the interpreter is known. */
async function compiledBy(sandbox: Sandbox): Promise<string> {
  for (const name of ['first', 'second']) expect((await create(sandbox, name)).exitCode).toBe(0);
  const [file, ...others] = readdirSync(directoryOf(sandbox));
  expect(others).toEqual([]);
  return join(directoryOf(sandbox), file ?? '');
}

test.skipIf(isElsewhere)(
  'code of a run that found everything known is kept, for its user alone (Node 20)',
  async () => {
    const sandbox = newSandbox();
    const file = await compiledBy(sandbox);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    expect((await create(sandbox, 'third')).exitCode).toBe(0);
    expect(readFileSync(file).equals(before)).toBe(true);
  },
);

test.skipIf(isElsewhere)('a run that links seeds keeps code of its own, next to that of others (Node 20)', async () => {
  const sandbox = newSandbox();
  const file = await compiledBy(sandbox);
  for (const name of ['seeded', 'again']) {
    const made = await sandbox.vivarium('create', '-p', python, '--compile-seeds', 'now', name);
    expect([made.exitCode, made.stderr]).toEqual([0, '']);
  }
  const times = () =>
    readdirSync(directoryOf(sandbox)).map((name) => statSync(join(directoryOf(sandbox), name)).mtimeMs);
  const before = times();
  expect(before).toHaveLength(2);
  expect((await sandbox.vivarium('create', '-p', python, 'once-more')).exitCode).toBe(0);
  expect((await create(sandbox, 'without')).exitCode).toBe(0);
  expect(times()).toEqual(before);
  expect(existsSync(file)).toBe(true);
});

test.skipIf(isElsewhere)(
  'seed wheels below the package come before those next to it, as in Node (Node 20)',
  async () => {
    const sandbox = newSandbox();
    const [modules, copy] = [join(vivariumCommand(), '../..'), join(sandbox.directory, 'copy/node_modules')];
    cpSync(modules, copy, { recursive: true, verbatimSymlinks: true });
    cpSync(join(modules, '@vivarium'), join(copy, 'vivarium/node_modules/@vivarium'), { recursive: true });
    expect((await create(sandbox, 'known')).exitCode).toBe(0);
    for (const [place, exitCode] of [
      [copy, 0],
      [join(copy, 'vivarium/node_modules'), 1],
    ] as const) {
      writeFileSync(join(place, '@vivarium/seed-wheels/dist/index.cjs'), 'throw new Error("not this one")');
      const made = await sandbox.run(join(copy, '.bin/vivarium'), 'create', '-p', python, `env-${exitCode}`);
      expect([made.exitCode, made.stderr.includes('not this one')]).toEqual([exitCode, exitCode === 1]);
    }
  },
);

test.skipIf(isElsewhere)('code that was damaged is not run, and is replaced (Node 20)', async () => {
  const sandbox = newSandbox();
  const file = await compiledBy(sandbox);
  const { size } = statSync(file);
  const damages: [string, () => void][] = [
    ['cut off', () => truncateSync(file, size / 2)],
    ['empty', () => truncateSync(file, 0)],
    ['a block of zeros', () => writeFileSync(file, readFileSync(file).fill(0, 4096, 8192))],
    ['something else', () => writeFileSync(file, 'x'.repeat(size))],
  ];
  for (const [name, damage] of damages) {
    damage();
    const made = await create(sandbox, name);
    expect([name, made.exitCode, made.stderr]).toEqual([name, 0, '']);
    expect(statSync(file).size).toBeGreaterThan(size / 2);
  }
});

test.skipIf(isElsewhere)('code is neither read nor kept where others can write (Node 20)', async () => {
  const sandbox = newSandbox();
  const file = await compiledBy(sandbox);
  writeFileSync(file, 'x');
  chmodSync(join(sandbox.directory, 'data/vivarium'), 0o770);
  expect((await create(sandbox, 'third')).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('x');
});

test('a run that may not write to the cache keeps nothing, and one that empties it leaves nothing', async () => {
  const sandbox = newSandbox();
  expect((await create(sandbox, 'first')).exitCode).toBe(0);
  expect((await create(sandbox, 'second', '--read-only-app-data')).exitCode).toBe(0);
  expect(existsSync(directoryOf(sandbox))).toBe(false);
  expect((await sandbox.vivarium('cache', 'clean')).exitCode).toBe(0);
  expect(existsSync(join(sandbox.directory, 'data/vivarium'))).toBe(false);
});
