import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { anyPython, INSTALLED_PYTHONS_3, sampleOf } from '@vivarium/test-utils/pythons';
import { type OfferedFile, type RunningIndex, serveIndex } from '@vivarium/test-utils/serve-index';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasSeedWheels } from './seed-wheels.ts';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

const ownBill = '{"bomFormat":"CycloneDX"}';
const demo = makeWheel({
  name: 'demo',
  version: '1.0',
  metadata: ['License-Expression: MIT OR Apache-2.0'],
  files: [
    { name: 'demo/__init__.py', contents: 'VERSION = "1.0"\n' },
    { name: 'demo-1.0.dist-info/sboms/demo.cdx.json', contents: ownBill },
  ],
});
const newest = INSTALLED_PYTHONS_3.findLast(({ name }) => name !== 'system') ?? INSTALLED_PYTHONS_3[0];
const python = newest?.executable ?? anyPython().executable;

function sitePackages(sandbox: Sandbox, name: string): string {
  const lib = join(sandbox.directory, name, 'lib');
  return join(lib, readdirSync(lib).find((entry) => entry.startsWith('python')) ?? '', 'site-packages');
}

/** A sandbox whose pip looks at an index on this machine. */
async function sandboxWithIndex(files: readonly OfferedFile[]): Promise<Sandbox & { readonly index: RunningIndex }> {
  const index = await serveIndex(files);
  onTestFinished(() => index.close());
  const quick = { PIP_CONFIG_FILE: '/dev/null', PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '0', PIP_RESUME_RETRIES: '0' };
  return { ...newSandbox({ ...quick, PIP_TIMEOUT: '2', PIP_INDEX_URL: index.url }), index };
}

describe('what was put in is written down', () => {
  test('in the environment, in the JSON, and in a bill of materials by the published schema', async () => {
    const sandbox = newSandbox();
    mkdirSync(join(sandbox.directory, 'wheels'));
    writeFileSync(join(sandbox.directory, 'wheels', demo.file), demo.bytes);
    const seeds = ['--seed-package', 'demo==1.0', '--extra-search-dir', 'wheels'];
    const made = await sandbox.vivarium('create', '-p', python, '--json', '--sbom', 'env/sbom.json', ...seeds, 'env');
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    const [{ packages }] = JSON.parse(made.stdout).environments;
    const site = sitePackages(sandbox, 'env');
    const receipts = readdirSync(site)
      .filter((name) => name.endsWith('.dist-info'))
      .map((name) => JSON.parse(readFileSync(join(site, name, 'vivarium.json'), 'utf8')));
    expect(receipts).toEqual(packages);
    const origin = 'extra-search-dir';
    expect(packages).toContainEqual({ name: 'demo', version: '1.0', wheel: demo.file, sha256: demo.sha256, origin });

    const bill = JSON.parse(readFileSync(join(sandbox.directory, 'env/sbom.json'), 'utf8'));
    const validate = cyclonedxValidator();
    validate(bill);
    expect(validate.errors).toBeNull();
    // It can fail, too.
    expect(validate({ ...bill, serialNumber: 'none' })).toBe(false);
    const [platform, ...libraries] = bill.components;
    expect(platform).toMatchObject({ type: 'platform', name: 'CPython' });
    expect(libraries).toMatchObject(
      packages.map(({ name, version, sha256 }: Record<string, string>) => ({
        purl: `pkg:pypi/${name}@${version}`,
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      })),
    );
    const { licenses, externalReferences } = libraries.find(({ name }: Record<string, string>) => name === 'demo');
    expect(licenses).toEqual([{ expression: 'MIT OR Apache-2.0', acknowledgement: 'declared' }]);
    const [own] = externalReferences;
    expect(own).toMatchObject({
      type: 'bom',
      url: expect.stringMatching(/\/demo-1\.0\.dist-info\/sboms\/demo\.cdx\.json$/),
    });
    expect(readFileSync(join(sandbox.directory, 'env', own.url), 'utf8')).toBe(ownBill);
  });

  test('or nothing is created, where the bill can not be written', async () => {
    const sandbox = newSandbox();
    mkdirSync(join(sandbox.directory, 'directory'));
    for (const place of ['missing/sbom.json', 'directory']) {
      const refused = await sandbox.vivarium('create', '--sbom', place, 'env');
      expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(place) });
    }
    expect(readdirSync(sandbox.directory).sort()).toEqual(['data', 'directory']);
  });
});

/** CycloneDX's own schema, with those that it refers to, out of a package that carries them. */
function cyclonedxValidator() {
  const library = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'));
  const schema = (name: string) => {
    const file = `${name}.SNAPSHOT.schema.json`;
    // They name each other by these file names.
    return {
      ...JSON.parse(readFileSync(join(library, 'res/schema', file), 'utf8')),
      $id: `http://cyclonedx.org/schema/${file}`,
    };
  };
  const ajv = new Ajv({ strict: false, schemas: ['spdx', 'jsf-0.82', 'cryptography-defs'].map(schema) });
  formats.default(ajv, ['date-time', 'email', 'uri', 'uri-reference']);
  // International addresses, which a URI of ASCII always is.
  ajv.addFormat('iri-reference', (text: string) => URL.canParse(text, 'x:/')).addFormat('idn-email', /@/);
  return ajv.compile(schema('bom-1.6'));
}

describe('versions', () => {
  const seeded = test.skipIf(!hasSeedWheels() && process.env.CI !== 'true');
  const locked = JSON.parse(
    readFileSync(new URL('../../seed-wheels/wheels.lock.json', import.meta.url), 'utf8'),
  ).wheels.filter(({ name }: { name: string }) => name === 'pip');

  seeded('of pip replace each other in an environment, by any way to link, and nothing is fetched', async () => {
    const sandbox = await sandboxWithIndex([]);
    const [older, newer] = [locked.at(-3).version, locked.at(-1).version];
    const steps = [
      [newer, 'copy'],
      [older, 'symlink'],
      [newer, 'hardlink'],
      [older, 'copy'],
    ];
    for (const [version, linkMode] of steps) {
      const args = ['-p', python, '--pip', version, '--link-mode', linkMode, 'env'];
      expect(await sandbox.vivarium('create', ...args)).toMatchObject({ exitCode: 0, stderr: '' });
      const names = readdirSync(sitePackages(sandbox, 'env')).filter((name) => /^pip-.*\.dist-info$/.test(name));
      expect(names).toEqual([`pip-${version}.dist-info`]);
      expect((await sandbox.run(join(sandbox.directory, 'env/bin/pip3'), '--version')).stdout).toContain(
        `pip ${version} from`,
      );
    }
    expect(sandbox.index.requests).toEqual([]);
  });

  seeded("come from virtualenv's variables as well, and a flag beats them", async () => {
    const older = locked.at(-3).version;
    const sandbox = newSandbox({ VIRTUALENV_PIP: older, VIRTUALENV_NO_SETUPTOOLS: '1', VIRTUALENV_WHEEL: 'none' });
    const packages = async (...args: string[]) => {
      const { stdout } = await sandbox.vivarium('create', '-p', python, '--dry-run', '--json', ...args, 'env');
      return JSON.parse(stdout).plans[0].seeder.packages.map(
        (one: Record<string, string>) => `${one.name}==${one.version}`,
      );
    };
    expect(await packages()).toEqual([`pip==${older}`]);
    expect(await packages('--pip', 'embed')).toEqual([`pip==${locked.at(-1).version}`]);
    expect(await packages('--pip', `<${older}`)).toEqual([expect.stringMatching(/^pip==2/)]);
  });
});

describe('what is not available', () => {
  test('is fetched where a version of it is named, and is available from then on', async () => {
    const sandbox = await sandboxWithIndex([demo]);
    const args = ['create', '-p', python, '--seed-package', 'demo==1.0'];
    expect(await sandbox.vivarium(...args, 'one')).toMatchObject({ exitCode: 0, stderr: '' });
    await sandbox.index.close();
    expect(await sandbox.vivarium(...args, 'two')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(sitePackages(sandbox, 'two'))).toContain('demo-1.0.dist-info');
  });

  test.each([
    ['has it not', []],
    ['cuts it off', [{ ...demo, fault: 'cut' as const }]],
    ['names a wrong hash', [{ ...demo, fault: 'wrong-hash' as const }]],
    ['is down', undefined],
  ])('ends in one error where the index %s, and nothing is created or kept', async (_, files) => {
    const sandbox = await sandboxWithIndex(files ?? []);
    if (files === undefined) await sandbox.index.close();
    const finished = await sandbox.vivarium('create', '-p', python, '--seed-package', 'demo==1.0', 'env');
    expect(finished).toMatchObject({ exitCode: 1, stdout: '' });
    expect(finished.stderr).toMatch(/^error: pip could not fetch demo==1\.0: .*\n\nhint: .*$/);
    // pip asks for Rust, which some proxies of it answer by a directory in the home.
    expect(readdirSync(sandbox.directory).filter((name) => !name.startsWith('.'))).toEqual(['data']);
    expect(existsSync(join(sandbox.directory, 'data/vivarium/wheels'))).toBe(false);
  });
});

test('--upgrade-embed-wheels has the newest seeds available for every Python, and creates no environment', async () => {
  const upgrades = ['pip', 'setuptools', 'wheel'].map((name) => makeWheel({ name, version: '901.0' }));
  const sandbox = await sandboxWithIndex(upgrades);
  const finished = await sandbox.vivarium('create', '-p', python, '--upgrade-embed-wheels');
  expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
  const lines = finished.stdout.split('\n');
  // What is fetched for the first Python fits all others.
  const line = /^(pip|setuptools|wheel) for Python (2\.7: [\d.]+ -> 901\.0|3\.\d+: 901\.0, no newer one)$/;
  expect(lines).toEqual(lines.map(() => expect.stringMatching(line)));
  for (const minor of ['2.7', '3.6', '3.9', '3.12', '3.15'])
    expect(finished.stdout).toContain(`pip for Python ${minor}:`);
  expect(readdirSync(sandbox.directory).filter((name) => !name.startsWith('.'))).toEqual(['data']);
  const { stdout } = await sandbox.vivarium('create', '-p', python, '--dry-run', '--json', 'env');
  expect(JSON.parse(stdout).plans[0].seeder.packages).toMatchObject([
    { name: 'pip', version: '901.0', origin: 'cache' },
  ]);
  const contradiction = await sandbox.vivarium('create', '--upgrade-embed-wheels', '--read-only-app-data');
  expect(contradiction).toMatchObject({ exitCode: 2, stdout: '' });
});

describe('the cache', () => {
  test('that can not be written is replaced for one run, and nothing is left of that nor linked to it', async () => {
    const sandbox = newSandbox();
    mkdirSync(join(sandbox.directory, 'tmp'));
    writeFileSync(join(sandbox.directory, 'file'), '');
    const args = ['create', '-p', python, '--app-data', 'file/cache', '--link-mode', 'symlink', 'env'];
    const made = await sandbox.run('env', `TMPDIR=${sandbox.directory}/tmp`, vivariumCommand(), ...args);
    expect(made.exitCode).toBe(0);
    expect(made.stderr.replaceAll(sandbox.directory, '~').split('\n')).toEqual([
      expect.stringMatching(/^warning: the cache ~\/file\/cache (is not used|can't be written)/),
      expect.stringMatching(/^warning: seed packages are not linked by name, because .* temporary one$/),
    ]);
    expect(readdirSync(join(sandbox.directory, 'tmp'))).toEqual([]);
    expect(lstatSync(join(sitePackages(sandbox, 'env'), 'pip')).isDirectory()).toBe(true);
    expect(await sandbox.run(join(sandbox.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  });

  test('that is filled and read-only serves copies and links', async () => {
    const sandbox = newSandbox();
    const make = (...args: string[]) => sandbox.vivarium('create', '-p', python, ...args);
    await make('--link-mode', 'symlink', 'first');
    // Compiled code of the command itself is no business of the setting.
    const state = async () =>
      (await sandbox.run('find', 'data', '-path', '*/code*', '-prune', '-o', '-printf', '%p %s\n')).stdout;
    const before = await state();
    for (const linkMode of ['copy', 'symlink']) {
      const made = await make('--read-only-app-data', '--link-mode', linkMode, linkMode);
      expect(made).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await sandbox.run(join(sandbox.directory, linkMode, 'bin/pip'), '--version')).toMatchObject({
        exitCode: 0,
      });
    }
    expect(await state()).toBe(before);
  });

  test('may be emptied at any moment: anyone who is at work makes again what is missing', async () => {
    const sandbox = newSandbox();
    await sandbox.vivarium('create', '-p', python, 'warm');
    let isOver = false;
    const clearing = (async () => {
      let emptied = 0;
      for (; !isOver; emptied += 1) expect(await sandbox.vivarium('cache', 'clean')).toMatchObject({ exitCode: 0 });
      return emptied;
    })();
    const names = Array.from({ length: 8 }, (_, index) => `env${index}`);
    const runs = [];
    for (const pair of [0, 2, 4, 6]) {
      const both = names.slice(pair, pair + 2).map((name) => sandbox.vivarium('create', '-p', python, name));
      runs.push(...(await Promise.all(both)));
    }
    isOver = true;
    expect(await clearing).toBeGreaterThan(0);
    // Where it is emptied again and again, a temporary one takes its place after a few tries.
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
    for (const name of names) {
      expect(await sandbox.run(join(sandbox.directory, name, 'bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
    }
  });
});

test('by symbolic link, an environment with pip takes up at most 160 KB', async () => {
  const sandbox = newSandbox();
  const make = (name: string) => sandbox.vivarium('create', '-p', python, '--link-mode', 'symlink', name);
  await make('warm');
  for (let index = 0; index < 10; index += 1) await make(`ten/env${index}`);
  const { stdout } = await sandbox.run('du', '-sk', 'ten');
  // And 4 KB for the directory that they are in.
  expect(Number(stdout.split('\t')[0])).toBeLessThanOrEqual(10 * 160 + 4);
});

const hasUnshare = existsSync('/usr/bin/unshare');
test.skipIf(!hasUnshare && process.env.CI !== 'true')(
  'without any network every Python is seeded from a cold cache, and pip works (needs unshare)',
  async () => {
    const sandbox = newSandbox();
    for (const { name, executable } of sampleOf(INSTALLED_PYTHONS_3)) {
      const made = await sandbox.run('unshare', '-rn', vivariumCommand(), 'create', '-p', executable, name);
      expect(made).toMatchObject({ exitCode: 0 });
      const pip = await sandbox.run('unshare', '-rn', join(sandbox.directory, name, 'bin/pip'), 'check');
      expect(pip.stdout).toContain('No broken requirements');
    }
    expect(statSync(join(sandbox.directory, 'data/vivarium')).mode & 0o777).toBe(0o700);
  },
);

test('a cache in which a file of an image was deleted is mended by the run that meets it', async () => {
  const sandbox = newSandbox();
  expect(await sandbox.vivarium('create', '-p', python, 'first')).toMatchObject({ exitCode: 0 });
  const images = join(sandbox.directory, 'data/vivarium/images');
  const files = readdirSync(images, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
  rmSync(join(images, files[0] ?? ''));
  const made = await sandbox.vivarium('create', '-p', python, '-v', 'second');
  expect(made, made.stderr).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('are not used and built again, because'),
  });
  expect(existsSync(join(images, files[0] ?? ''))).toBe(true);
  expect(await sandbox.run('second/bin/pip', '--version')).toMatchObject({ exitCode: 0 });
});
