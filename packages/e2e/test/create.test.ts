import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import planSchema from '@vivarium/core/plan.schema.json' with { type: 'json' };
import { INSTALLED_PYTHONS_3, sampleOf } from '@vivarium/test-utils/pythons';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { localPackage } from './local-package.ts';
import { hasSeedWheels } from './seed-wheels.ts';
import { newSandbox } from './vivarium.ts';

const pythons = sampleOf(INSTALLED_PYTHONS_3);

test('there is a Python to create environments with', () => {
  expect(pythons).not.toEqual([]);
});

describe.each(pythons)('with Python $name', ({ name, executable }) => {
  test('creates an environment that works, installs into itself alone, and goes without a trace', async () => {
    const sandbox = newSandbox();
    const baseSitePackages = await sitePackagesOf(sandbox, executable);
    const before = readdirSync(baseSitePackages);

    const made = await sandbox.vivarium('create', '-p', executable, 'codefathertech');
    expect(made.exitCode).toBe(0);
    expect(made.stderr).toMatch(hasSeedWheels() ? /^$/ : /^(warning: .*wheel.*)?$/);
    expect(made.stdout.replaceAll(sandbox.directory, '~').split('\n')).toEqual([
      expect.stringMatching(/^created virtual environment CPython3\.\d+\.\d+\.final\.0-64 in \d+ms$/),
      '  creator CPython3Posix(dest=~/codefathertech, clear=False, no_vcs_ignore=False, venv_redirect=None, global=False)',
      expect.stringMatching(
        /^ {2}seeder FromAppData\(download=False, pip=bundle.*, via=(reflink|hardlink|copy), app_data_dir=~\/data\/vivarium\)$/,
      ),
      expect.stringMatching(/^ {4}added seed packages: pip==\d+/),
      expect.stringMatching(/^ {2}activators BashActivator/),
    ]);

    const env = join(sandbox.directory, 'codefathertech');
    const python = join(env, 'bin/python');
    const facts = JSON.parse((await sandbox.run(python, '-c', FACTS)).stdout);
    expect(facts.prefix).toBe(env);
    expect(realpathSync(facts.base_prefix)).toBe(realpathSync(facts.real_base));
    const minor = facts.version.join('.');
    expect(readdirSync(join(env, 'bin'))).toEqual(
      expect.arrayContaining(['activate', 'python', 'python3', `python${minor}`, 'pip', 'pip3', `pip${minor}`]),
    );
    expect(readdirSync(env).sort()).toEqual([
      '.gitignore',
      'CACHEDIR.TAG',
      'bin',
      'include',
      'lib',
      'lib64',
      'pyvenv.cfg',
    ]);
    expect(facts.path.filter((entry: string) => entry.startsWith(baseSitePackages))).toEqual([]);

    const listed = await sandbox.run(python, '-m', 'pip', 'list', '--format=json', '--disable-pip-version-check');
    const packages = JSON.parse(listed.stdout).map((entry: { name: string }) => entry.name);
    expect(packages).toEqual(seedsFor(facts.version));

    const wheel = await localPackage(sandbox.directory);
    const installed = await sandbox.run(
      join(env, 'bin/pip'),
      'install',
      '--no-index',
      '--disable-pip-version-check',
      wheel,
    );
    expect(installed).toMatchObject({ exitCode: 0 });
    expect((await sandbox.run(join(env, 'bin/greet'))).stdout).toBe(`hello from ${env}`);
    expect(readdirSync(baseSitePackages)).toEqual(before);
    expect((await sandbox.run(python, '-m', 'pip', 'check')).stdout).toContain('No broken requirements');

    await sandbox.run('rm', '-rf', env);
    expect(readdirSync(sandbox.directory).filter((entry) => entry.startsWith('.vivarium'))).toEqual([]);
    expect(name).not.toBe('');
  });

  test('copies the executable when it is told to', async () => {
    const sandbox = newSandbox();
    expect(await sandbox.vivarium('create', '-p', executable, '--copies', '--no-seed', 'env')).toMatchObject({
      exitCode: 0,
    });
    const { stdout } = await sandbox.run(join(sandbox.directory, 'env/bin/python'), '-c', FACTS);
    expect(JSON.parse(stdout).prefix).toBe(join(sandbox.directory, 'env'));
    expect(realpathSync(join(sandbox.directory, 'env/bin/python'))).toBe(join(sandbox.directory, 'env/bin/python'));
  });
});

const FACTS = `
import json, sys, os
print(json.dumps({
    "prefix": sys.prefix, "base_prefix": sys.base_prefix, "path": sys.path, "version": list(sys.version_info[:2]),
    "real_base": os.path.dirname(os.path.dirname(os.path.dirname(os.__file__))),
}))
`;

function seedsFor([, minor]: readonly [number, number]): string[] {
  if (minor >= 12) return ['pip'];
  return minor >= 9 || !hasSeedWheels() ? ['pip', 'setuptools'] : ['pip', 'setuptools', 'wheel'];
}

async function sitePackagesOf(sandbox: ReturnType<typeof newSandbox>, executable: string): Promise<string> {
  const { stdout } = await sandbox.run(executable, '-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])');
  mkdirSync(dirname(stdout), { recursive: true });
  return existsSync(stdout) ? stdout : dirname(stdout);
}

test.each(pythons)('--verify starts the new Python $name once and believes its answer', async ({ executable }) => {
  const sandbox = newSandbox();
  expect(await sandbox.vivarium('create', '--verify', '-p', executable, 'env')).toMatchObject({ exitCode: 0 });
  expect(await sandbox.run(join(sandbox.directory, 'env/bin/python'), '-c', '')).toMatchObject({ exitCode: 0 });
});

test('shows the plan and writes nothing but the cache', async () => {
  const sandbox = newSandbox();
  const args = ['create', '--json', '--prompt', 'zoo', 'deep/env'];
  const planned = await sandbox.vivarium(...args, '--dry-run');
  expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readdirSync(sandbox.directory)).toEqual(['data']);
  const [plan] = JSON.parse(planned.stdout).plans;
  expect(plan).toMatchObject({
    format: 1,
    mode: 'create',
    environment: { destination: join(sandbox.directory, 'deep/env') },
  });

  const made = await sandbox.vivarium(...args);
  expect(JSON.parse(made.stdout).environments).toMatchObject([
    { destination: plan.environment.destination, packages: plan.seeder.packages },
  ]);
  const { stdout } = await sandbox.run(
    'find',
    join(sandbox.directory, 'deep/env'),
    '-mindepth',
    '1',
    '-printf',
    '%P\n',
  );
  expect(new Set(stdout.split('\n'))).toEqual(new Set(filesOf(plan.steps)));
});

/** Every path that steps make, directories included. */
function filesOf(steps: readonly { kind: string; path: string; directories?: string[]; files?: string[] }[]): string[] {
  const paths = steps.flatMap((step) => [
    step.path,
    ...[...(step.directories ?? []), ...(step.files ?? [])].map((inner) => `${step.path}/${inner}`),
  ]);
  return paths.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/')));
}

test('plans by the published schema', async () => {
  const sandbox = newSandbox();
  const validate = new Ajv({ strict: false }).compile(planSchema);
  for (const args of [['env'], ['--copies', '--no-seed', 'env'], ['--clear', '--prompt', 'x', 'env']]) {
    const { stdout } = await sandbox.vivarium('create', '--dry-run', '--json', ...args);
    validate(JSON.parse(stdout).plans[0]);
    expect(validate.errors).toBeNull();
  }
  expect(
    validate({
      ...JSON.parse((await sandbox.vivarium('create', '--dry-run', '--json', 'env')).stdout).plans[0],
      steps: [{ kind: 'file', path: '../x', contents: '' }],
    }),
  ).toBe(false);
});

test('makes the same plan again, which the next run does to the letter', async () => {
  const sandbox = newSandbox();
  const first = await sandbox.vivarium('create', '--json', '--dry-run', 'env');
  expect((await sandbox.vivarium('create', '--json', '--dry-run', 'env')).stdout).toBe(first.stdout);
});

test('refreshes an environment and keeps the packages in it', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', 'env');
  const wheel = await localPackage(sandbox.directory);
  await sandbox.run(join(sandbox.directory, 'env/bin/pip'), 'install', '--no-index', wheel);
  expect(await sandbox.vivarium('create', 'env')).toMatchObject({ exitCode: 0 });
  expect((await sandbox.run(join(sandbox.directory, 'env/bin/greet'))).stdout).toContain('hello');
  expect(await sandbox.vivarium('create', '--clear', 'env')).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(sandbox.directory, 'env/bin/greet'))).toBe(false);
  expect(await sandbox.run(join(sandbox.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
});

test('keeps a .gitignore and a CACHEDIR.TAG that are there', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '--no-seed', 'env');
  for (const name of ['.gitignore', 'CACHEDIR.TAG']) writeFileSync(join(sandbox.directory, 'env', name), 'mine');
  await sandbox.vivarium('create', '--no-seed', 'env');
  for (const name of ['.gitignore', 'CACHEDIR.TAG'])
    expect(readFileSync(join(sandbox.directory, 'env', name), 'utf8')).toBe('mine');
});

test('gives the environment the packages of its base when it is asked to', async () => {
  const sandbox = newSandbox();
  for (const [flag, sees] of [
    ['--system-site-packages', true],
    ['--no-vcs-ignore', false],
  ] as const) {
    await sandbox.vivarium('create', '--no-seed', flag, `env${flag}`);
    const python = join(sandbox.directory, `env${flag}/bin/python`);
    const { stdout: base } = await sandbox.run(python, '-c', 'import sys; print(sys._base_executable)');
    // Debian's own Python has them elsewhere than its `sysconfig` says.
    const list = 'import sys; print([path for path in sys.path if path.endswith("-packages")])';
    const { stdout: packages } = await sandbox.run(base, '-I', '-c', list);
    const code = `import sys; print(any(path in sys.path for path in ${packages}))`;
    const { stdout } = await sandbox.run(python, '-c', code);
    expect(packages).toContain('-packages');
    expect(stdout).toBe(sees ? 'True' : 'False');
  }
});

test('bases an environment that is created from an environment on the system Python', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '--no-seed', 'first');
  await sandbox.vivarium('create', '--no-seed', '-p', join(sandbox.directory, 'first/bin/python'), 'second');
  const home = (name: string) =>
    /^home = (.*)$/m.exec(readFileSync(join(sandbox.directory, name, 'pyvenv.cfg'), 'utf8'))?.[1];
  expect(home('second')).toBe(home('first'));
  expect(home('second')).not.toContain(sandbox.directory);
});
