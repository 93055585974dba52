import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '@vivarium/core/host';
import { wheelsDirectory } from '@vivarium/seed-wheels';
import { INSTALLED_PYTHONS } from '@vivarium/test-utils/pythons';
import { afterAll, describe, expect, test } from 'vitest';
import { contextWith, fingerprint, hasSeedWheels, run, seed, sitePackages, temporaryDirectory } from './lab.ts';

// What pip and uv do to an environment by symbolic link. With VIVARIUM_FAULTS=all every Python is taken, else the newest.
const SEEDS = ['pip', 'setuptools', 'wheel'] as const;
const all = INSTALLED_PYTHONS.filter(({ version: [major, minor] }) => major === 3 && minor >= 8);
const pythons = process.env.VIVARIUM_FAULTS === 'all' ? all : all.slice(-1);

const work = mkdtempSync(join(tmpdir(), 'seeder-app-data-installers-'));
afterAll(() => {
  // The images in it are read-only, also for a user who is not root.
  execFileSync('chmod', ['-R', 'u+w', work]);
  rmSync(work, { recursive: true, force: true });
});

/** uv, from the package index that pip is configured with. */
const uv = installUv();

function installUv(): string | undefined {
  const directory = join(work, 'uv');
  try {
    execFileSync('python3', ['-m', 'pip', '--quiet', 'install', '--target', directory, 'uv'], { stdio: 'ignore' });
    return join(directory, 'bin/uv');
  } catch {
    return undefined;
  }
}

/** How one of the two is told something about one environment. */
type Installer = (destination: string, action: 'uninstall' | 'reinstall' | 'replace', names: readonly string[]) => void;

const local = ['--no-index', '--find-links', wheelsDirectory];

const pip: Installer = (destination, action, names) => {
  const python = join(destination, 'bin/python');
  if (action === 'uninstall') run(python, ['-m', 'pip', 'uninstall', '--quiet', '--yes', ...names]);
  else run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--force-reinstall', ...local, ...names]);
};

const withUv: Installer = (destination, action, names) => {
  const target = ['--quiet', '--python', join(destination, 'bin/python')];
  const variables = { UV_CACHE_DIR: join(work, 'uv-cache'), UV_NO_CONFIG: '1' };
  if (action === 'uninstall') run(uv ?? '', ['pip', 'uninstall', ...target, ...names], variables);
  else run(uv ?? '', ['pip', 'install', ...target, '--no-deps', '--reinstall', ...local, ...names], variables);
};

const INSTALLERS: readonly (readonly [string, Installer])[] = [
  ['pip', pip],
  ...(uv === undefined ? [] : [['uv', withUv] as const]),
];

/** Names and versions of what is installed, asked of the environment's Python. */
function installed(destination: string): ReadonlyMap<string, string> {
  const script = `
import importlib.metadata
for it in importlib.metadata.distributions():
    if "vivarium" not in str(it._path.name): print(it.metadata["Name"], it.version)`;
  const lines = run(join(destination, 'bin/python'), ['-c', script]).trim().split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ') as [string, string]));
}

describe.skipIf(!hasSeedWheels).each(pythons)('by symbolic link, on $name (skipped without seed wheels)', (python) => {
  const context = contextWith(openCache({ directory: join(work, `cache-${python.name}`) }));

  async function create(): Promise<string> {
    const destination = join(temporaryDirectory(), 'env');
    const settings = { linkMode: 'symlink', setuptools: 'bundle', wheel: 'bundle', compileSeeds: 'now' } as const;
    const { applied } = await seed({ python: python.executable, destination, settings, context });
    expect(applied.linkModes).toEqual(['symlink']);
    expect(lstatSync(join(sitePackages(destination), 'pip')).isSymbolicLink()).toBe(true);
    return destination;
  }

  test.each(INSTALLERS)(
    'each seed can be uninstalled and reinstalled by %s',
    { timeout: 300_000 },
    async (_, install) => {
      const destination = await create();
      const images = fingerprint(context.cache.directory);
      const before = installed(destination);
      // pip comes last: it uninstalls itself.
      for (const name of ['wheel', 'setuptools', 'pip']) {
        install(destination, 'reinstall', [`${name}==${before.get(name)}`]);
        expect(installed(destination), `${name} reinstalled`).toEqual(before);
      }
      for (const name of ['wheel', 'setuptools', 'pip']) {
        const others = new Map(installed(destination));
        others.delete(name);
        install(destination, 'uninstall', [name]);
        expect(installed(destination), `${name} uninstalled`).toEqual(others);
      }
      expect(fingerprint(context.cache.directory)).toEqual(images);
    },
  );

  test.each(INSTALLERS)(
    'each seed can be uninstalled first, and all together, by %s',
    { timeout: 300_000 },
    async (_, install) => {
      const rounds = [...SEEDS.map((name) => [name]), [...SEEDS]];
      for (const names of rounds) {
        const destination = await create();
        const images = fingerprint(context.cache.directory);
        const left = new Map(installed(destination));
        for (const name of names) left.delete(name);
        install(destination, 'uninstall', names);
        expect(installed(destination), names.join()).toEqual(left);
        // The directory itself is what pip once took along.
        expect(readdirSync(sitePackages(destination)).length).toBeGreaterThan(0);
        expect(fingerprint(context.cache.directory)).toEqual(images);
      }
    },
  );

  test.each(INSTALLERS)(
    'each seed can be replaced by another version by %s',
    { timeout: 300_000 },
    async (_, install) => {
      const destination = await create();
      const images = fingerprint(context.cache.directory);
      let replaced = 0;
      for (const name of SEEDS) {
        const before = installed(destination);
        try {
          install(destination, 'replace', [`${name}!=${before.get(name)}`]);
        } catch (error) {
          // The lock file has one version of it for this Python.
          expect(String((error as { stderr?: string }).stderr)).toMatch(/No matching distribution|No solution found/i);
          continue;
        }
        replaced += 1;
        const after = new Map(installed(destination));
        expect(after.get(name)).not.toBe(before.get(name));
        expect(new Map([...after, [name, before.get(name)]])).toEqual(before);
      }
      expect(replaced).toBeGreaterThan(0);
      expect(fingerprint(context.cache.directory)).toEqual(images);
    },
  );
});

test.skipIf(uv !== undefined)('uv is not tested: no package index can be reached to install it from', () => {
  expect(uv).toBeUndefined();
});
