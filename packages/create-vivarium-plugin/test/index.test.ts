import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTerminal } from '@vivarium/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BIN, create, link, run, temporaryDirectory } from './create.ts';

describe.each(['activator', 'creator', 'seeder', 'discoverer'])('a new %s', (kind) => {
  test('builds, type-checks and passes the conformance suite at once', { timeout: 240_000 }, () => {
    const directory = temporaryDirectory();
    const made = create(directory, '--kind', kind, '--name', 'my-own', '--author', 'Ada', '--yes');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const place = join(directory, `vivarium-${kind}-my-own`);
    link(place);
    for (const [tool, ...args] of [['tsup'], ['tsc'], ['vitest', 'run']] as const) {
      expect(run(place, tool, ...args)).toMatchObject({ status: 0 });
    }
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: `vivarium-${kind}-my-own`,
      keywords: expect.arrayContaining(['vivarium-plugin', `vivarium-${kind}`]),
      vivarium: { kind, name: 'my-own', contract: 1 },
      dependencies: { '@vivarium/core': expect.stringMatching(/^\^\d/) },
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
  const directory = temporaryDirectory();
  const terminal = openTerminal({
    program: process.execPath,
    arguments: [BIN],
    env: { PATH: process.env.PATH ?? '', HOME: directory },
    cwd: directory,
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
  expect(existsSync(join(directory, 'vivarium-creator-acme', 'src', 'index.ts'))).toBe(true);
});

test('makes the package that it is told to, where it is told to', () => {
  const directory = temporaryDirectory();
  const args = ['--kind', 'seeder', '--name', 'acme', '--package', '@acme/vivarium-seeder-acme'];
  mkdirSync(join(directory, 'there', '.git'), { recursive: true });
  expect(create(directory, ...args, 'there')).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(join(directory, 'there/package.json'), 'utf8')).name).toBe(
    '@acme/vivarium-seeder-acme',
  );
  expect(create(directory, ...args)).toMatchObject({ status: 0 });
  expect(readdirSync(directory)).toContain('vivarium-seeder-acme');
});

test('overwrites nothing', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'letter.txt'), 'Dear Ada');
  const made = create(directory, '--kind', 'creator', '--name', 'acme', '.');
  expect(made).toMatchObject({ status: 2, stderr: expect.stringContaining('letter.txt') });
  expect(readdirSync(directory)).toEqual(['letter.txt']);
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
  const directory = temporaryDirectory();
  const { status, stdout, stderr } = create(directory, ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .*\n\nhint: .*\n$/);
  expect(stderr).toContain(named);
  expect(readdirSync(directory)).toEqual([]);
});

test('--help lists the flags', () => {
  expect(create(temporaryDirectory(), '--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('--package'),
  });
});
