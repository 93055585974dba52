import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { newSandbox, type Sandbox } from '../vivarium.ts';
import { allCreators, type Creator, isWhole, ownCreators, supportedPythons } from './creators.ts';

// A finding about an environment that works makes people ignore the others: in none of these may there be any.

const { creators, missing } = isWhole ? allCreators() : { creators: ownCreators, missing: undefined };
const pythons = isWhole ? supportedPythons.slice(-3) : supportedPythons.slice(-1);

/** What is installed into environments, by pip; what is in the directory of the sandbox is local. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'numpy and pandas': ['numpy', 'pandas'],
  'django and psycopg': ['django', 'psycopg[binary]', 'djangorestframework'],
  jupyter: ['jupyterlab'],
  'flask, requests and cryptography': ['flask', 'requests', 'cryptography', 'sqlalchemy'],
  'linters and type checkers': ['mypy', 'ruff', 'black', 'pytest', 'pytest-cov', 'tox'],
  'an editable installation and setuptools': ['setuptools', 'wheel', '--editable', './local'],
  'namespace packages': ['zope.interface', 'google-cloud-storage', 'azure-core', 'protobuf'],
  'scientific ones with commands': ['scipy', 'matplotlib', 'pillow', 'ipython'],
};

if (missing !== undefined) test.skip(`other creators: ${missing}`, () => {});

describe.each(creators)('an environment of $name', (creator) => {
  test.each(pythons)('of Python $name without packages has no findings', async ({ executable }) => {
    const sandbox = newSandbox();
    const directory = join(sandbox.directory, 'environment');
    const environment = await creator.create({ sandbox, directory, python: executable });
    await expectNothing(sandbox, environment);
    const { stdout } = await sandbox.vivarium('inspect', '--json', environment);
    const { tool, manager } = JSON.parse(stdout).environment.createdBy;
    expect([tool, manager]).toContain(creator.createdBy);
  });
});

const combinations = creators
  .filter(({ isKeeper, ownsPython }) => !isKeeper && !ownsPython)
  .flatMap((creator, at) =>
    Object.keys(PACKAGES).map((packages, index) => ({
      creator,
      by: creator.name,
      packages,
      python: pythons[(at + index) % pythons.length] ?? { name: '', executable: '' },
    })),
  );

const real = isWhole ? test.each(combinations) : test.skip.each(combinations.slice(0, 1));
real('$packages in one of $by: no findings (without VIVARIUM_LIFE=all nothing is installed from PyPI)', async (one) => {
  const sandbox = newSandbox({ PIP_DISABLE_PIP_VERSION_CHECK: '1', XDG_CACHE_HOME: '/tmp/vivarium-life-cache' });
  const directory = join(sandbox.directory, 'environment');
  const environment = await one.creator.create({ sandbox, directory, python: one.python.executable });
  localPackage(sandbox);
  await install(one.creator, { sandbox, environment, packages: PACKAGES[one.packages] ?? [] });
  await expectNothing(sandbox, environment);
});

// Findings about old Pythons depend on the day, and are right.
const older = INSTALLED_PYTHONS_3.filter((python) => !supportedPythons.includes(python));
test.skipIf(older.length === 0).each(isWhole ? older : older.slice(0, 1))(
  'the only finding about one of Python $name is its age',
  async ({ executable }) => {
    const sandbox = newSandbox();
    await sandbox.vivarium('create', '-q', '--no-seed', '-p', executable, 'environment');
    const codes = (await findings(sandbox, 'environment')).map(({ code }) => code);
    expect(codes.filter((code) => code !== 'BASE_END_OF_LIFE')).toEqual([]);
  },
);

interface Installation {
  readonly sandbox: Sandbox;
  readonly environment: string;
  readonly packages: readonly string[];
}

/** pip from outside of the environment, as some of them have none. */
async function install({ name }: Creator, { sandbox, environment, packages }: Installation): Promise<void> {
  const python = join(environment, 'bin', 'python');
  const words = ['-m', 'pip', '--python', python, 'install', '-q', 'pip>=26.2', ...packages];
  const { exitCode, stderr } = await sandbox.run(supportedPythons.at(-1)?.executable ?? 'python3', ...words);
  expect({ name, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ name, exitCode: 0, stderr: '' });
}

function localPackage({ directory }: Sandbox): void {
  const local = join(directory, 'local');
  mkdirSync(join(local, 'src', 'local_package'), { recursive: true });
  writeFileSync(
    join(local, 'pyproject.toml'),
    [
      ...['[build-system]', 'requires = ["setuptools>=80"]', 'build-backend = "setuptools.build_meta"'],
      ...['[project]', 'name = "local-package"', 'version = "1.0"', 'scripts = { local = "local_package:main" }', ''],
    ].join('\n'),
  );
  writeFileSync(join(local, 'src', 'local_package', '__init__.py'), 'def main():\n    print("local")\n');
}

async function expectNothing(sandbox: Sandbox, environment: string): Promise<void> {
  expect(await findings(sandbox, environment)).toEqual([]);
}

async function findings(sandbox: Sandbox, environment: string): Promise<readonly { code: string; message: string }[]> {
  const { stdout } = await sandbox.vivarium('doctor', '--json', environment);
  const { environments, errors } = JSON.parse(stdout);
  expect(errors).toEqual([]);
  return environments.flatMap((one: { findings: readonly { code: string; message: string }[] }) =>
    one.findings.map(({ code, message }) => ({ code, message })),
  );
}
