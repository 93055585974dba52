import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';
import { isWhole } from './lab/amount.ts';
import { figures } from './lab/figures.ts';
import { leftIn, stateOf } from './lab/state.ts';

const soakMinutes = Number(process.env.VIVARIUM_SOAK_MINUTES ?? 0);
const ROUNDS = isWhole ? 40 : 2;
const STEP_MS = 7;
const table = figures('races', ['rounds', 'succeeded', 'refused', 'disturbed']);
afterAll(() => table.print());

const asRoot = test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux');
const until = (round: number, end: number): boolean => (soakMinutes > 0 ? Date.now() < end : round < ROUNDS);
const EXPECTED = /created by another process in the meantime|removed or changed by another process/;

test.each([
  ['create', ['create', '--clear']],
  ['create --allow-existing', ['create', '--clear']],
  ['create', ['create', '--link-mode', 'copy']],
  ['create --clear', ['create', '--clear', '--no-seed']],
])(
  '%s next to %j at one destination: it is one complete environment or the other',
  { timeout: 0 },
  async (one, other) => {
    const sandbox = newSandbox();
    const env = join(sandbox.directory, 'env');
    const end = Date.now() + soakMinutes * 15_000;
    for (let round = 0; until(round, end); round += 1) {
      expect(await sandbox.vivarium('create', '--clear', 'env')).toMatchObject({ exitCode: 0 });
      const runs = await Promise.all([
        sandbox.vivarium(...one.split(' '), 'env'),
        setTimeout((round * STEP_MS) % 80).then(() => sandbox.vivarium(...other, 'env')),
      ]);
      count(`${one} / ${other.join(' ')}`, runs);
      expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true);
      if (!other.includes('--no-seed') || existsSync(join(env, 'bin/pip')))
        expect(await stateOf(sandbox, env)).toBe('new');
      else expect(await sandbox.run(join(env, 'bin/python'), '-c', 'import site')).toMatchObject({ exitCode: 0 });
      expect(leftIn(sandbox.directory, env)).toEqual([]);
    }
  },
);

test('a program that removes staging directories: never success with a part of an environment', {
  timeout: 0,
}, async () => {
  const sandbox = newSandbox();
  expect(await sandbox.vivarium('create', 'warm')).toMatchObject({ exitCode: 0 });
  const env = join(sandbox.directory, 'env');
  const end = Date.now() + soakMinutes * 15_000;
  for (let round = 0; until(round, end); round += 1) {
    const script = 'until [ -e .vivarium-*/new-* ]; do :; done; sleep "$1"; rm -rf .vivarium-*; echo removed';
    const [run, cleaner] = await Promise.all([
      sandbox.vivarium('create', 'env'),
      sandbox.run('timeout', '20', 'sh', '-c', script, 'sh', String((round % 10) * 0.004)),
    ]);
    count('a cleaner', [run]);
    if (cleaner.stdout === 'removed') table.add('a cleaner', 'disturbed', 1);
    if (run.exitCode === 0) expect(await stateOf(sandbox, env)).toBe('new');
    else expect(existsSync(env)).toBe(false);
    rmSync(env, { recursive: true, force: true });
  }
  expect(table.get('a cleaner', 'disturbed')).toBeGreaterThan(0);
});

asRoot('what another user has planted in a shared directory never becomes, or gets into, an environment', async () => {
  const sandbox = newSandbox();
  chmodSync(sandbox.directory, 0o755);
  const shared = join(sandbox.directory, 'shared');
  mkdirSync(shared);
  // As that user sees it: the name of what a run leaves, whose parts can be computed, or are copied from another one.
  const left = await leftByKilledRun(sandbox, shared);
  const names = [left, left.replace(/-\d+-\d+-\d+$/, '-999999-1-1'), '.vivarium-00000000-old-00000000-999999-1-1'];
  const elsewhere = join(sandbox.directory, 'elsewhere');
  for (const directory of [shared, elsewhere]) {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o777);
  }
  rmSync(join(shared, left), { recursive: true });
  const plant = [
    'set -e; umask 0; cd "$1"; shift',
    'for name in "$@"; do for role in old new back out; do for proof in unproven 0000000000000000; do',
    'mkdir -p "$name/$role-$proof/lib/python3/site-packages"; echo "import evil" > "$name/$role-$proof/evil.pth"; done; done; done',
    'cp -r "$1" "$1-copy"; ln -s "$OLDPWD" "$1-link"',
  ].join('\n');
  const planted = await sandbox.run(
    'setpriv',
    '--reuid=12345',
    '--regid=12345',
    '--clear-groups',
    'sh',
    '-c',
    plant,
    'sh',
    shared,
    ...names,
  );
  expect(planted, planted.stderr).toMatchObject({ exitCode: 0 });
  symlinkSync(elsewhere, join(shared, left.replace(/\d+$/, '77')));
  writeFileSync(join(elsewhere, 'letter'), '');
  const before = readdirSync(shared).sort();
  for (const options of [[], [], ['--clear']]) {
    expect(await sandbox.vivarium('create', ...options, 'shared/env')).toMatchObject({ exitCode: 0 });
    expect(await stateOf(sandbox, join(shared, 'env'))).toBe('new');
    expect(readdirSync(join(shared, 'env'), { recursive: true }).filter((name) => /evil/.test(String(name)))).toEqual(
      [],
    );
  }
  expect(readdirSync(shared).sort()).toEqual([...before, 'env'].sort());
  expect(readdirSync(elsewhere)).toEqual(['letter']);
});

/** The name of what a run leaves behind that is killed while it builds an environment. */
async function leftByKilledRun(sandbox: Sandbox, directory: string): Promise<string> {
  const script = `"$0" create --verify env & run=$!; until [ -e .vivarium-*/new-*/pyvenv.cfg ]; do :; done; kill -9 $run`;
  await sandbox.runIn(directory, 'timeout', '60', 'sh', '-c', script, vivariumCommand());
  const [left] = leftIn(directory);
  if (left === undefined) throw new Error('the run left nothing');
  return left;
}

function count(row: string, runs: readonly Finished[]): void {
  table.add(row, 'rounds', 1);
  for (const { exitCode, stderr } of runs) {
    table.add(row, exitCode === 0 ? 'succeeded' : 'refused', 1);
    if (exitCode !== 0) expect(stderr).toMatch(EXPECTED);
  }
}
