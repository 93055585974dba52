import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Machine, measure, type Published, publishEverything } from './published.ts';

let published: Published;

beforeAll(async () => {
  published = await publishEverything();
}, 300_000);

afterAll(() => published?.stop());

test('the first release has one version, with what is new written down', async () => {
  const versions = packagesOf(published.workspace).map(({ name, version }) => `${name}@${version}`);
  expect(versions.filter((version) => !version.endsWith('@1.0.0'))).toEqual([]);
  for (const { folder } of packagesOf(published.workspace)) {
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toMatch(/## 1\.0\.0\n[\s\S]*- \S/);
  }
  const { stdout } = await published
    .newMachine('reader')
    .shell('npm view @vivarium/activator-fish --json peerDependencies');
  expect(JSON.parse(stdout)).toEqual({ '@vivarium/core': '^1.0.0' });
});

describe.each(['npm', 'pnpm'])('with %s', (manager) => {
  let machine: Machine;
  beforeAll(() => {
    machine = published.newMachine(manager);
  });

  test('vivarium is installed for all, and makes an environment', async () => {
    const install = manager === 'npm' ? 'npm install --global vivarium' : 'pnpm add --global vivarium';
    expect(await machine.shell(install)).toMatchObject({ exitCode: 0 });
    expect((await machine.shell('vivarium --version')).stdout).toMatch(/^vivarium 1\.0\.0 from /);
    expect(await machine.shell('vivarium create env')).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await machine.shell('env/bin/python -c "import sys; print(sys.prefix)"')).stdout).toBe(
      join(machine.home, 'env'),
    );
    if (manager !== 'npm') return;
    const { packages, bytes } = measure(join(machine.prefix, 'lib', 'node_modules'));
    process.stdout.write(`npm install --global vivarium: ${packages} packages, ${bytes} bytes\n`);
    expect(packages).toBe(2);
  });

  test('vivarium is fetched and run once', async () => {
    const once = manager === 'npm' ? 'npx --yes vivarium create once' : 'pnpm dlx vivarium create once';
    expect(await machine.shell(once)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(machine.home, 'once'))).toContain('pyvenv.cfg');
  });
});

test('the release script refuses what no commit has, and what has no version', async () => {
  const { workspace } = published;
  const machine = published.newMachine('maintainer-2');
  const release = () => machine.run('node', ['scripts/release.mjs', '--dry-run', '--only-publish'], { cwd: workspace });
  writeFileSync(join(workspace, 'stray.txt'), '');
  expect(await release()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('stray.txt') });
  await machine.shell('rm stray.txt', workspace);
  writeFileSync(join(workspace, '.changeset', 'new.md'), '---\n"vivarium": patch\n---\n\nNew.\n');
  await machine.shell(
    'git add --all && git -c user.name=a -c user.email=a@example.com commit --quiet -m New',
    workspace,
  );
  expect(await release()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('1 changesets') });
});

interface PackageOf {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

function packagesOf(workspace: string): readonly PackageOf[] {
  return readdirSync(join(workspace, 'packages')).flatMap((entry) => {
    const folder = join(workspace, 'packages', entry);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return manifest.private === true ? [] : [{ folder, name: manifest.name, version: manifest.version }];
  });
}
