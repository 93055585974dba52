import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyPython } from '@vivarium/test-utils/pythons';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPackageIndex } from './docs/package-index.ts';
import { localPackage } from './local-package.ts';
import { type Machine, measure, type Published, publishEverything } from './published.ts';
import { follow, tutorialBlocks } from './tutorial.ts';

let published: Published;

beforeAll(async () => {
  published = await publishEverything();
}, 300_000);

afterAll(() => published?.stop());

test('the first release has one version, with what is new written down', async () => {
  const versions = packagesOf(published.workspace).map(({ name, version }) => `${name}@${version}`);
  expect(versions.filter((version) => !version.endsWith('@1.0.0'))).toEqual([]);
  for (const { directory } of packagesOf(published.workspace)) {
    expect(readFileSync(join(directory, 'CHANGELOG.md'), 'utf8')).toMatch(/## 1\.0\.0\n[\s\S]*- \S/);
  }
  const { stdout } = await published
    .newMachine('reader')
    .shell('npm view @vivarium/activator-fish --json dependencies');
  expect(JSON.parse(stdout)).toEqual({ '@vivarium/core': '^1.0.0' });
});

describe.each(['npm', 'pnpm'])('with %s', (manager) => {
  let machine: Machine;
  beforeAll(() => {
    machine = published.newMachine(manager);
  });

  test('vivarium is installed for all, and creates an environment', async () => {
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

const hasIndex = await hasPackageIndex(anyPython().executable);
const noIndex = hasIndex ? '' : ' (skipped because no package index can be reached)';

test.skipIf(!hasIndex)(
  `a newcomer gets from the first page to a package with what the site says alone${noIndex}`,
  async () => {
    const machine = published.newMachine('newcomer');
    const site = join(machine.home, 'site');
    const build = spawnSync(process.execPath, [join(REPOSITORY, 'scripts/docs.mjs'), '--out', site], {
      encoding: 'utf8',
    });
    expect(build).toMatchObject({ status: 0 });
    const first = readFileSync(join(site, 'index.html'), 'utf8');
    expect(commandsOf(first)).toEqual(['npm install -g vivarium', 'vivarium create']);
    // The link that the first page shows to those who are new.
    const [, next = ''] = /New to virtual environments\?.*?href="([^"]+)"/s.exec(first) ?? [];
    const project = join(machine.home, 'project');
    mkdirSync(project);
    const commands = commandsOf(readFileSync(join(site, next), 'utf8'));
    const script = ['set -e', ...commands].map((command) => `${command}\necho`).join('\n');
    const walked = await machine.run('bash', ['--norc', '-c', script], { cwd: project });
    expect(walked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('| hello |') });
    expect(walked.stdout).toContain(join(project, '.venv/bin/python'));
    expect(walked.stdout).toContain('no environment is active');
    expect(readdirSync(project)).toEqual([]);
  },
);

test('a minor version of core is no new version of the plugins, and a major one is', async () => {
  const { workspace } = published;
  const pending = join(workspace, '.changeset', 'core-changes.md');
  const machine = published.newMachine('maintainer-3');
  const releases = async (bump: string): Promise<readonly string[]> => {
    writeFileSync(pending, `---\n"@vivarium/core": ${bump}\n---\n\nChanged.\n`);
    const status = ['node_modules/@changesets/cli/bin.js', 'status', '--output', 'releases.json'];
    expect(await machine.run('node', status, { cwd: workspace })).toMatchObject({ exitCode: 0 });
    const plan = JSON.parse(readFileSync(join(workspace, 'releases.json'), 'utf8'));
    const all: readonly { name: string; newVersion: string }[] = plan.releases;
    // Private packages keep this version.
    return all.flatMap(({ name, newVersion }) => (newVersion === '0.0.0' ? [] : [`${name}@${newVersion}`]));
  };
  try {
    expect(await releases('minor')).toEqual(['@vivarium/core@1.1.0']);
    const major = await releases('major');
    expect(major).toEqual(expect.arrayContaining(['@vivarium/core@2.0.0', '@vivarium/activator-fish@2.0.0']));
  } finally {
    rmSync(pending);
    rmSync(join(workspace, 'releases.json'), { force: true });
  }
});

test('plugins share one core', async () => {
  const machine = published.newMachine('plugins');
  expect(
    await machine.shell('npm install --prefix . @vivarium/activator-fish @vivarium/creator-pypy @vivarium/seeder-pip'),
  ).toMatchObject({ exitCode: 0 });
  const { stdout } = await machine.shell("find . -path '*@vivarium/core/package.json'");
  expect(stdout).toBe('./node_modules/@vivarium/core/package.json');
});

test('the release script refuses what no commit has, what has no version, and what no repository is known of', async () => {
  const { workspace } = published;
  const machine = published.newMachine('maintainer-2');
  const release = () => machine.run('node', ['scripts/release.mjs', '--dry-run', '--only-publish'], { cwd: workspace });
  expect(await release()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('names no repository') });
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

// The set-up installs it where it can, so in CI its absence is a failure and no reason to skip.
const hasElvish = process.env.CI === 'true' || spawnSync('elvish', ['-version']).error === undefined;
const title = hasElvish ? 'a third-party user' : 'a third-party user (skipped because elvish is not on PATH)';

describe.skipIf(!hasElvish)(title, () => {
  let machine: Machine;
  beforeAll(() => {
    machine = published.newMachine('user');
  });

  test('follows the tutorial to the letter, and has an activator for Elvish', { timeout: 900_000 }, async () => {
    let directory = machine.home;
    for (const block of tutorialBlocks()) {
      const { directory: next, ...done } = await follow(machine, block, directory);
      expect({ block: block.title ?? block.text, ...done }).toMatchObject({ exitCode: 0 });
      if (block.language === 'elvish' && block.title === undefined) {
        expect(done.stdout.split('\n')).toEqual(['env', join(machine.home, 'env')]);
      }
      directory = next;
    }
    const made = join(machine.home, 'vivarium-activator-elvish');
    const finished = join(EXAMPLES, 'vivarium-activator-elvish');
    for (const path of filesOf(finished).filter((path) => !/^(LICENSE|README\.md|\.changeset)/.test(path))) {
      expect({ path, text: textOf(made, path) }).toEqual({ path, text: textOf(finished, path) });
    }
  });

  test('uses it where names are hostile', { timeout: 120_000 }, async () => {
    for (const name of ["it's", '$(touch pwned)', "'; touch pwned; '", '(two words) "é" 🐍']) {
      expect(await machine.run('vivarium', ['create', '--activators', 'elvish', '--', name])).toMatchObject({
        exitCode: 0,
      });
      const script = `'${join(machine.home, name, 'bin/activate.elv').replaceAll("'", "''")}'`;
      const lines = `eval (slurp < ${script}) &on-end={|names| $names[deactivate~]; echo (has-env VIRTUAL_ENV) }`;
      const enter = `eval (slurp < ${script}); echo $E:VIRTUAL_ENV; ${lines}`;
      const { stdout } = await machine.run('elvish', ['-norc', '-c', enter]);
      expect(stdout.split('\n')).toEqual([join(machine.home, name), '$false']);
    }
    expect(readdirSync(machine.home)).not.toContain('pwned');
  });

  test('installs it with pnpm too', { timeout: 120_000 }, async () => {
    const other = published.newMachine('user-with-pnpm');
    expect(await other.shell('pnpm add --global vivarium,vivarium-activator-elvish')).toMatchObject({ exitCode: 0 });
    expect(await other.shell('vivarium create --activators bash,elvish env')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('activators BashActivator,ElvishActivator'),
    });
  });

  test('has a creator, a seeder and a discoverer as well, and uses all in one run', { timeout: 300_000 }, async () => {
    const noted = join(machine.home, 'noted');
    cpSync(join(EXAMPLES, 'vivarium-creator-noted'), noted, { recursive: true });
    expect(await machine.shell('npm publish', noted)).toMatchObject({ exitCode: 0 });
    for (const [kind, name] of [
      ['seeder', 'shelf'],
      ['discoverer', 'listed'],
    ] as const) {
      const directory = join(machine.home, `vivarium-${kind}-${name}`);
      const create = `npx --yes create-vivarium-plugin --kind ${kind} --name ${name} --yes`;
      expect(await machine.shell(create)).toMatchObject({ exitCode: 0 });
      // The same tools as the activator's: they are installed already.
      symlinkSync('../vivarium-activator-elvish/node_modules', join(directory, 'node_modules'));
      const publish = 'npx tsup --no-dts && npm version --no-git-tag-version 1.0.0 && npm publish';
      expect(await machine.shell(publish, directory)).toMatchObject({ exitCode: 0 });
    }
    const packages = 'vivarium-creator-noted vivarium-seeder-shelf vivarium-discoverer-listed';
    expect(await machine.shell(`npm install --global ${packages}`)).toMatchObject({ exitCode: 0 });
    const python = (await machine.shell('command -v python3')).stdout;
    writeFileSync(join(machine.home, 'pythons.txt'), `/nowhere/python3\n${python}\n`);
    mkdirSync(join(machine.home, 'wheels'));
    await localPackage(join(machine.home, 'wheels'));
    const plugins = '--creator noted --seeder shelf --discovery listed';
    const options = '--shelf-wheels wheels --listed-list pythons.txt';
    const made = await machine.shell(`vivarium create ${plugins} ${options} --json all`);
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(made.stdout).environments).toMatchObject([{ packages: [{ name: 'greeter', version: '1.0' }] }]);
    expect(readFileSync(join(machine.home, 'all', 'NOTE.txt'), 'utf8')).toMatch(/^CPython3\./);
    expect((await machine.shell('all/bin/greet')).stdout).toBe(`hello from ${join(machine.home, 'all')}`);
  });

  test('composes a tool out of core and two plugins, which type-checks', { timeout: 200_000 }, async () => {
    const directory = join(machine.home, 'own-tool');
    cpSync(join(EXAMPLES, 'own-tool'), directory, { recursive: true });
    expect(readFileSync(join(directory, 'src/own-tool.ts'), 'utf8').split('\n').length).toBeLessThan(30);
    expect(await machine.shell('npm install && npm run build', directory)).toMatchObject({ exitCode: 0 });
    const { stdout } = await machine.shell('node dist/own-tool.js env', directory);
    expect(stdout).toMatch(new RegExp(`^/.* → ${join(directory, 'env')}$`));
    expect(readdirSync(join(directory, 'node_modules', '@vivarium')).sort()).toEqual([
      'core',
      'creator-cpython-posix',
      'discovery',
      'environment-layout',
    ]);
    expect((await machine.shell('env/bin/python -c "import sys; print(sys.prefix)"', directory)).stdout).toBe(
      join(directory, 'env'),
    );
  });
});

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLES = join(REPOSITORY, 'examples');

/** What a page of the site tells to type: the lines of its shell blocks, and what is after the prompts of its sessions. */
function commandsOf(html: string): readonly string[] {
  const blocks = html.matchAll(/<code class="language-(sh|console)"[^>]*>([\s\S]*?)<\/code>/g);
  return [...blocks].flatMap(([, language, code = '']) => {
    const lines = textOfHtml(code).split('\n');
    return language === 'sh' ? lines.filter(Boolean) : lines.flatMap((line) => /^\$ (.*)/.exec(line)?.[1] ?? []);
  });
}

function textOfHtml(html: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'", '#39': "'" };
  return html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name) => named[name] ?? all);
}

function filesOf(directory: string): readonly string[] {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return paths.filter(
    (path) => !/(^|\/)(node_modules|dist)(\/|$)/.test(path) && statSync(join(directory, path)).isFile(),
  );
}

// The version is another once it was published.
function textOf(directory: string, path: string): string {
  return readFileSync(join(directory, path), 'utf8').replace(/"version": "[^"]*"/, '"version": "…"');
}

interface PackageOf {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
}

function packagesOf(workspace: string): readonly PackageOf[] {
  return readdirSync(join(workspace, 'packages')).flatMap((entry) => {
    const directory = join(workspace, 'packages', entry);
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return manifest.private === true ? [] : [{ directory, name: manifest.name, version: manifest.version }];
  });
}
