import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTerminal } from '@vivarium/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BIN, create, link, run, temporaryFolder } from './create.ts';

describe.each(['activator', 'creator', 'seeder', 'discoverer'])('a new %s', (kind) => {
  test('builds, type-checks and passes the conformance suite at once', { timeout: 240_000 }, () => {
    const folder = temporaryFolder();
    const made = create(folder, '--kind', kind, '--name', 'my-own', '--author', 'Ada', '--yes');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const place = join(folder, `vivarium-${kind}-my-own`);
    link(place);
    for (const [tool, ...args] of [['tsup'], ['tsc'], ['vitest', 'run']] as const) {
      expect(run(place, tool, ...args)).toMatchObject({ status: 0 });
    }
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: `vivarium-${kind}-my-own`,
      keywords: expect.arrayContaining(['vivarium-plugin', `vivarium-${kind}`]),
      vivarium: { kind, name: 'my-own', contract: 1 },
      peerDependencies: { '@vivarium/core': expect.stringMatching(/^\^\d/) },
      publishConfig: { access: 'public' },
    });
    expect(readdirSync(place)).toEqual(
      expect.arrayContaining(['.changeset', '.gitignore', 'LICENSE', 'README.md', 'vitest.config.ts']),
    );
    expect(readFileSync(join(place, 'LICENSE'), 'utf8')).toContain('Ada');
    for (const file of ['README.md', 'src/index.ts', 'package.json', '.changeset/first-release.md']) {
      expect(readFileSync(join(place, file), 'utf8')).not.toMatch(/__(?!VIVARIUM_)[A-Z]+/);
    }
  });
});

test('has the versions of tools that this workspace has', () => {
  const workspace = new URL('../../../pnpm-workspace.yaml', import.meta.url);
  const template = new URL('../templates/common/package.json.template', import.meta.url);
  const { devDependencies } = JSON.parse(readFileSync(fileURLToPath(template), 'utf8'));
  const catalog = readFileSync(fileURLToPath(workspace), 'utf8');
  for (const [name, range] of Object.entries<string>(devDependencies)) {
    if (name.startsWith('@vivarium/')) continue;
    const version = new RegExp(`^  "?${name}"?: (.*)$`, 'm').exec(catalog)?.[1];
    expect({ name, range }).toEqual({ name, range: `^${version}` });
  }
});

test('asks at a terminal for what it was not told', async () => {
  const folder = temporaryFolder();
  const terminal = openTerminal({
    program: process.execPath,
    arguments: [BIN],
    env: { PATH: process.env.PATH ?? '', HOME: folder },
    workingFolder: folder,
    columns: 120,
  });
  onTestFinished(() => terminal.close());
  await terminal.wait((drawn) => drawn.includes('What kind'));
  terminal.press('\u001b[B\r');
  await terminal.wait((drawn) => drawn.includes('What do users type for the creator?'));
  terminal.press('Acme\r');
  await terminal.wait((drawn) => drawn.includes('The name has to be'));
  terminal.press(`${'\u007f'.repeat(4)}acme\r`);
  await terminal.wait((drawn) => drawn.includes('How is the package to be called?'));
  terminal.press('\r');
  await terminal.wait((drawn) => drawn.includes('npm test'));
  expect(existsSync(join(folder, 'vivarium-creator-acme', 'src', 'index.ts'))).toBe(true);
});

test('makes the package that it is told to, where it is told to', () => {
  const folder = temporaryFolder();
  const args = ['--kind', 'seeder', '--name', 'acme', '--package', '@acme/vivarium-seeder-acme'];
  mkdirSync(join(folder, 'there', '.git'), { recursive: true });
  expect(create(folder, ...args, 'there')).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(join(folder, 'there/package.json'), 'utf8')).name).toBe('@acme/vivarium-seeder-acme');
  expect(create(folder, ...args)).toMatchObject({ status: 0 });
  expect(readdirSync(folder)).toContain('vivarium-seeder-acme');
});

test('overwrites nothing', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'letter.txt'), 'Dear Ada');
  const made = create(folder, '--kind', 'creator', '--name', 'acme', '.');
  expect(made).toMatchObject({ status: 2, stderr: expect.stringContaining('letter.txt') });
  expect(readdirSync(folder)).toEqual(['letter.txt']);
});

test.each([
  [['--kind', 'shell', '--name', 'x'], '--kind'],
  [['--kind', 'creator', '--name', '../x'], '--name'],
  [['--kind', 'creator', '--name', 'X'], '--name'],
  [['--kind', 'creator'], '--name is missing'],
  [['--name', 'x', '--yes'], '--kind is missing'],
  [['--kind', 'creator', '--name', 'x', '--package', 'Not One'], '--package'],
  [['--frobnicate'], '--frobnicate'],
  [['a', 'b'], '`b`'],
])('%j is wrong usage, of which it says what is wrong', (args, named) => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = create(folder, ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .*\n\nhint: .*\n$/);
  expect(stderr).toContain(named);
  expect(readdirSync(folder)).toEqual([]);
});

test('--help lists the flags', () => {
  expect(create(temporaryFolder(), '--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('--package'),
  });
});
