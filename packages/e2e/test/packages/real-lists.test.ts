import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INSTALLED_PYTHONS } from '@vivarium/test-utils/pythons';
import { afterAll, expect, test } from 'vitest';
import { newSandbox, type Sandbox } from '../vivarium.ts';
import { REAL_LISTS, type RealList } from './lists.ts';
import { filesOf, recordDifferences, unexplained } from './twins.ts';
import { installTools, succeeded, WRITE_LOCK } from './write-lock.ts';

// What people install from PyPI, by us and by pip into twin environments. A local index of generated wheels has the rest
// in the tests of the command.

const isWhole = process.env.VIVARIUM_PACKAGES === 'all';
const newest = INSTALLED_PYTHONS.findLast(({ name }) => /^3\.1[1-9]/.test(name));

// With pip's cache: lists have packages in common.
const directory = mkdtempSync(join(tmpdir(), 'vivarium-real-lists-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const cases = REAL_LISTS.flatMap((list) =>
  Object.entries(list.pythons).map(([version, writer]) => ({
    list,
    packages: list.name,
    version,
    writer,
    python: INSTALLED_PYTHONS.find(({ name }) => name.startsWith(`${version}.`))?.executable,
  })),
);

const real = isWhole ? test.for(cases) : test.skip.for(cases.slice(0, 1));
real(
  '$packages, Python $version, locked by $writer: what pip installs, file by file (without VIVARIUM_PACKAGES=all nothing is installed from PyPI)',
  async ({ list, python, writer }, { skip }) => {
    if (python === undefined || newest === undefined) return skip('that Python is not installed');
    const sandbox = newSandbox({
      ...REACHING,
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      XDG_CACHE_HOME: join(directory, 'cache'),
    });
    const tools = await installTools(sandbox, { python: newest.executable, directory });
    const lock = await WRITE_LOCK[writer]({ sandbox, list, python, tools });
    const twins = await installTwins(sandbox, { lock, python });

    expect(unexplained(twins.ours, twins.theirs)).toEqual([]);
    expect(recordDifferences(twins.ours, twins.theirs)).toEqual([]);
    await expectUsable(sandbox, twins.ours, list);
    await expectRemovable(sandbox, twins);
  },
);

/** How packages are reached is the machine's setting. */
const REACHING = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(?:PIP_(?:CERT|INDEX_URL|DEFAULT_TIMEOUT)|SSL_\w+|REQUESTS_CA_BUNDLE|\w+_proxy)$/i.test(name),
  ),
);

interface Twins {
  readonly ours: string;
  readonly theirs: string;
  /** An environment without packages. */
  readonly bare: string;
}

async function installTwins(
  sandbox: Sandbox,
  { lock, python }: { readonly lock: string; readonly python: string },
): Promise<Twins> {
  // Paths of one length, since they are in scripts.
  const [ours, theirs, bare] = ['ours/env', 'pips/env', 'bare/env'].map((path) => join(sandbox.directory, path)) as [
    string,
    string,
    string,
  ];
  const created = await sandbox.vivarium('create', '-q', '-p', python, '--lock', lock, ours);
  expect(created).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  for (const each of [theirs, bare]) succeeded(await sandbox.vivarium('create', '-q', '-p', python, each));
  const frozen = succeeded(await sandbox.run(join(ours, 'bin/python'), '-m', 'pip', 'freeze'));
  const list = join(sandbox.directory, 'frozen.txt');
  writeFileSync(list, `${frozen}\n`);
  const install = ['install', '--quiet', '--no-deps', '--no-compile', '--only-binary=:all:', '-r', list];
  succeeded(await sandbox.run(join(theirs, 'bin/python'), '-m', 'pip', ...install));
  return { ours, theirs, bare };
}

async function expectUsable(sandbox: Sandbox, environment: string, list: RealList): Promise<void> {
  const python = join(environment, 'bin/python');
  expect(await sandbox.run(python, '-m', 'pip', 'check')).toMatchObject({ exitCode: 0 });
  for (const module of list.imports) {
    expect(await sandbox.run(python, '-c', `import ${module}`), module).toMatchObject({ exitCode: 0 });
  }
  for (const [command, word] of Object.entries(list.commands)) {
    const { exitCode, stdout, stderr } = await sandbox.run(join(environment, 'bin', command), word);
    expect({ command, exitCode, hasAnswer: `${stdout}${stderr}` !== '', stderr }).toMatchObject({
      exitCode: 0,
      hasAnswer: true,
    });
  }
}

/** pip removes what we have installed, and leaves nothing of it but what it leaves of its own. */
async function expectRemovable(sandbox: Sandbox, { ours, theirs, bare }: Twins): Promise<void> {
  const listed = async (environment: string): Promise<readonly string[]> => {
    const words = ['-m', 'pip', 'list', '--format', 'json'];
    const found = JSON.parse(succeeded(await sandbox.run(join(environment, 'bin/python'), ...words)));
    return (found as { readonly name: string; readonly version: string }[]).map(
      ({ name, version }) => `${name} ${version}`,
    );
  };
  const all = await listed(ours);
  expect(all).toEqual(await listed(theirs));
  const seeds = await listed(bare);
  const names = all.filter((one) => !seeds.includes(one)).map((one) => one.split(' ')[0] ?? '');
  expect(names.length).toBeGreaterThan(0);
  succeeded(await sandbox.run(join(ours, 'bin/python'), '-m', 'pip', 'uninstall', '--quiet', '--yes', ...names));
  expect([...filesOf(ours).keys()]).toEqual([...filesOf(bare).keys()]);
  expect(readdirSync(join(ours, 'bin'))).toEqual(readdirSync(join(bare, 'bin')));
}
