import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyPlan,
  type Context,
  type CoreSettings,
  coreOptions,
  openCache,
  type Plan,
  planEnvironment,
} from '@vivarium/core/host';
import cpython3 from '@vivarium/creator-cpython-posix';
import { probeInterpreter } from '@vivarium/discovery';
import { wheelsDirectory } from '@vivarium/seed-wheels';
import seeder from '@vivarium/seeder-pip';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { anyPython, everySecond, INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { describe, expect, onTestFinished, test } from 'vitest';

type SeederSettings = Parameters<typeof seeder.plan>[0]['settings'];

// With the oldest pip, with none of setuptools' own, the newest, and the distribution's.
const pythons = INSTALLED_PYTHONS_3.filter(
  ({ name, version: [, minor] }, index, { length }) =>
    name === 'system' || [6, 7, 9].includes(minor) || index === length - 1,
).map(({ executable }) => executable);
const PYTHON = anyPython().executable;

const coreDefaults = Object.fromEntries(
  Object.entries(coreOptions).map(([name, option]) => [name, 'default' in option ? option.default : undefined]),
) as CoreSettings;

// What pip is told here by its variables is for the tests to say.
const surroundings = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIP_')));

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'seeder-pip-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

interface EnvironmentRequest {
  readonly python?: string;
  readonly destination: string;
  readonly settings?: Partial<SeederSettings>;
  readonly core?: Partial<CoreSettings>;
  readonly env?: NodeJS.ProcessEnv;
}

async function planSeeded({
  python = PYTHON,
  destination,
  settings,
  core,
  env = {},
}: EnvironmentRequest): Promise<Plan> {
  const context: Context = {
    env: { ...surroundings, PIP_CONFIG_FILE: '/dev/null', ...env },
    cwd: '/',
    cache: openCache({ directory: join(temporaryDirectory(), 'cache') }),
    signal: new AbortController().signal,
    // Interpreters bring no wheel of wheel, which the build may not have been able to fetch.
    warn: (message) => {
      if (existsSync(wheelsDirectory) || !message.startsWith('wheel is skipped')) expect.fail(message);
    },
    debug: () => {},
  };
  const unset = {
    pip: undefined,
    setuptools: undefined,
    wheel: undefined,
    seedPackage: undefined,
    extraSearchDir: undefined,
  };
  const off = { noPip: false, noSetuptools: false, noWheel: false, download: false, periodicUpdate: false };
  return planEnvironment({
    destination,
    interpreter: await probeInterpreter(python, context),
    creators: [cpython3],
    seeder,
    activators: [],
    settings: { ...coreDefaults, ...core },
    pluginSettings: (plugin) => (plugin.kind === 'seeder' ? { ...unset, ...off, ...settings } : {}),
    context,
    tool: { name: 'vivarium', version: '0.0.0' },
  });
}

async function seed(request: EnvironmentRequest): Promise<Plan> {
  const plan = await planSeeded(request);
  await applyPlan(plan, { env: { ...process.env, ...request.env } });
  return plan;
}

function pipList(destination: string): readonly string[] {
  const args = ['-m', 'pip', '--disable-pip-version-check', 'list', '--format=freeze'];
  return execFileSync(join(destination, 'bin/python'), args, { encoding: 'utf8' }).trim().split('\n').sort();
}

function seedsOf(plan: Plan): readonly string[] {
  return plan.seeder?.packages.map(({ name, version }) => `${name}==${version}`) ?? [];
}

function sitePackages(destination: string): string {
  const [python = ''] = readdirSync(join(destination, 'lib')).filter((name) => name.startsWith('python'));
  return join(destination, 'lib', python, 'site-packages');
}

describe.each(everySecond(pythons, 0))('with %s', (python) => {
  test('installs the seeds, offline and whatever pip is configured with', { timeout: 120_000 }, async () => {
    const destination = join(temporaryDirectory(), 'an environment');
    const elsewhere = temporaryDirectory();
    const env = {
      PIP_TARGET: elsewhere,
      PIP_PREFIX: elsewhere,
      PIP_REQUIRE_VIRTUALENV: '1',
      PIP_INDEX_URL: 'http://127.0.0.1:9',
      PYTHONPATH: elsewhere,
    };
    const plan = await seed({ python, destination, env });
    expect(plan.seeder?.title).toBe('PipInvoke');
    expect(pipList(destination)).toEqual(seedsOf(plan));
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(execFileSync(join(destination, 'bin/pip'), ['--version'], { encoding: 'utf8' })).toContain(destination);
  });
});

/** Every file below a directory with its size and time: two that are equal were not written to in between. */
function snapshot(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { size, mtimeMs } = lstatSync(join(directory, name));
      return `${name} ${size} ${mtimeMs}`;
    });
}

const oldestAndOwn = [...new Set([pythons[0] ?? PYTHON, PYTHON])];

describe.each(everySecond(oldestAndOwn, 0))('with %s and hostile settings of pip', (python) => {
  test('nothing outside of the environment changes, whichever setting it is', { timeout: 300_000 }, async () => {
    const directory = temporaryDirectory();
    const victim = join(directory, 'victim');
    await seed({ python, destination: victim });
    const outside = join(directory, 'outside');
    mkdirSync(join(outside, 'home/.config/pip'), { recursive: true });
    // Every option that this pip has, as the variable that sets it; and the same in its files and those of distutils.
    const help = ['install', '--help'];
    const text = execFileSync(join(victim, 'bin/python'), ['-m', 'pip', ...help], { encoding: 'utf8' });
    const options = [...new Set([...text.matchAll(/--([a-z][a-z-]+)/g)].map(([, name = '']) => name))];
    expect(options.length).toBeGreaterThan(30);
    const value = (name: string): string => (name === 'python' ? join(victim, 'bin/python') : join(outside, name));
    const hostile = [...options, 'python', 'install-option', 'global-option'].map((name) => {
      return [`PIP_${name.toUpperCase().replaceAll('-', '_')}`, value(name)] as const;
    });
    const file = join(outside, 'pip.conf');
    writeFileSync(file, `[global]\npython = ${value('python')}\n[install]\ntarget = ${outside}/t\nuser = true\n`);
    for (const place of ['home/.config/pip/pip.conf', 'home/.pip.conf']) cpSync(file, join(outside, place));
    const distutils = `[install]\nprefix = ${outside}/d\ninstall_lib = ${outside}/l\nuser = 1\n`;
    for (const name of ['setup.cfg', 'home/.pydistutils.cfg', 'extra.cfg']) {
      writeFileSync(join(outside, name), distutils);
    }
    const home = join(outside, 'home');
    const other = {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      PIP_CONFIG_FILE: file,
      DIST_EXTRA_CONFIG: join(outside, 'extra.cfg'),
      PYTHONUSERBASE: join(outside, 'user'),
      PYTHONHOME: outside,
      PYTHONPATH: outside,
    };
    const before = snapshot(directory);
    const cwd = process.cwd();
    // Older pips read a setup.cfg in the cwd.
    process.chdir(outside);
    onTestFinished(() => process.chdir(cwd));
    for (const [index, env] of [
      // Some settings of `all` make pip end early, so that others have no chance to do harm: the worst count alone.
      { ...other, PIP_PYTHON: value('python') },
      { ...other, ...Object.fromEntries(hostile), PIP_CONFIG_FILE: file },
      { ...other, PIP_USER: '1', PIP_TARGET: join(outside, 't'), PIP_PREFIX: join(outside, 'p'), PIP_DRY_RUN: '1' },
    ].entries()) {
      const destination = join(temporaryDirectory(), `env${index}`);
      const plan = await seed({ python, destination, env });
      expect(pipList(destination), JSON.stringify(env)).toEqual(seedsOf(plan));
      expect(snapshot(directory)).toEqual(before);
    }
  });
});

test('another version replaces the one that is there', { timeout: 120_000 }, async () => {
  const destination = join(temporaryDirectory(), 'env');
  const directory = temporaryDirectory();
  for (const version of ['1.0', '2.0']) {
    const wheel = makeWheel({ name: 'demo', version });
    writeFileSync(join(directory, wheel.file), wheel.bytes);
  }
  const settings = { noSetuptools: true, extraSearchDir: [directory] };
  for (const version of ['2.0', '1.0']) {
    await seed({ destination, settings: { ...settings, seedPackage: [`demo==${version}`] } });
    const names = readdirSync(sitePackages(destination)).filter((name) => /^(demo|pip)-/.test(name));
    expect(names.sort()).toEqual([`demo-${version}.dist-info`, expect.stringMatching(/^pip-/)]);
  }
});

test('installs into the environment what its base has already', { timeout: 120_000 }, async () => {
  const destination = join(temporaryDirectory(), 'env');
  await seed({ destination, core: { systemSitePackages: true } });
  expect(readdirSync(sitePackages(destination))).toContain('pip');
});

test('without seeds nothing is run', async () => {
  const plan = await planSeeded({
    destination: '/nowhere/env',
    settings: { noPip: true, noSetuptools: true, noWheel: true },
  });
  expect(plan.steps.filter(({ kind }) => kind === 'run')).toEqual([]);
  expect(seedsOf(plan)).toEqual([]);
});

test('what is asked to be fetched is fetched before anything is created', { timeout: 120_000 }, async () => {
  const wheel = makeWheel({ name: 'demo', version: '7.0' });
  const index = await serveIndex([wheel]);
  onTestFinished(() => index.close());
  const destination = join(temporaryDirectory(), 'env');
  const env = { PIP_INDEX_URL: index.url, PIP_NO_CACHE_DIR: '1' };
  const settings = { noPip: true, noSetuptools: true, seedPackage: ['demo==7.0'] };
  const plan = await planSeeded({ destination, settings, env });
  expect(existsSync(destination)).toBe(false);
  await index.close();
  await applyPlan(plan);
  expect(readdirSync(sitePackages(destination))).toContain('demo-7.0.dist-info');
});

test('a wheel whose RECORD is wrong is refused before anything is created', async () => {
  const wheel = makeWheel({ name: 'demo', version: '1.0', editRecord: (text) => text.replace(/sha256=./, 'sha256=_') });
  const directory = temporaryDirectory();
  writeFileSync(join(directory, wheel.file), wheel.bytes);
  const settings = { seedPackage: ['demo'], extraSearchDir: [directory] };
  await expect(planSeeded({ destination: '/nowhere/env', settings })).rejects.toMatchObject({ code: 'WHEEL_INVALID' });
});

test('a pip that fails takes the environment away again', async () => {
  const directory = temporaryDirectory();
  const destination = join(directory, 'env');
  const plan = await planSeeded({ destination });
  const steps = plan.steps.map((step) =>
    step.kind === 'run' ? { ...step, command: [...step.command, '/nowhere.whl'] as typeof step.command } : step,
  );
  mkdirSync(join(directory, 'other'));
  await expect(applyPlan({ ...plan, steps })).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  expect(readdirSync(directory)).toEqual(['other']);
});
