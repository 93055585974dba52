import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { activatorModule, thirdPartyActivator, write } from './third-party-package.ts';
import { newSandbox, type Sandbox } from './vivarium.ts';

/** Puts a package by another author into the `node_modules` of the working directory. */
function install(sandbox: Sandbox, name: string, files: Readonly<Record<string, string>> = {}): void {
  write(join(sandbox.directory, 'node_modules', `vivarium-activator-${name}`), {
    ...thirdPartyActivator(name),
    ...files,
  });
}

/** What is in the working directory besides what the test put there. */
function left(sandbox: Sandbox): string[] {
  return readdirSync(sandbox.directory).filter(
    (name) => !['node_modules', 'data', 'pyproject.toml', 'plugin.mjs'].includes(name),
  );
}

test('a third-party activator: its script, its settings, and its place in the help', async () => {
  const sandbox = newSandbox({ VIVARIUM_ELVISH_GREETING: 'from a variable' });
  install(sandbox, 'elvish');
  const script = (): string => readFileSync(join(sandbox.directory, 'env/bin/activate.elvish'), 'utf8');
  const made = await sandbox.vivarium('create', '-v', '--no-seed', '--activators', 'bash,elvish', 'env');
  expect(made).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('activators BashActivator,ElvishActivator'),
  });
  expect(made.stderr).toContain(
    `activator \`elvish\` of vivarium-activator-elvish@1.0.0 from ${sandbox.directory}/node_modules/vivarium-activator-elvish/index.js`,
  );
  expect(script()).toBe(`from a variable ${sandbox.directory}/env`);
  await sandbox.vivarium('create', '--no-seed', '--activators', 'elvish', '--elvish-greeting', 'from a flag', 'env');
  expect(script()).toBe(`from a flag ${sandbox.directory}/env`);

  const help = await sandbox.vivarium('create', '--help', '--activators', 'elvish');
  expect(help.stdout).toMatch(/\nOptions of the activator elvish:\n {2}--elvish-greeting VALUE +what elvish says/);
  expect((await sandbox.vivarium('create', '--help')).stdout).not.toContain('elvish-greeting');
  expect(await sandbox.vivarium('create', '--elvish-greeting', 'x', 'env')).toMatchObject({ exitCode: 2 });
  const schema = JSON.parse((await sandbox.vivarium('schema', '--activators', 'elvish')).stdout);
  expect(schema.properties).toHaveProperty('elvish-greeting', {
    description: 'what elvish says',
    type: 'string',
    default: 'hello',
    'x-allowed-in-project': 'any value',
  });
  expect(JSON.parse((await sandbox.vivarium('schema')).stdout).properties).not.toHaveProperty('elvish-greeting');
});

test('a listed package joins the official activators; the project that lists it has to be trusted', async () => {
  const sandbox = newSandbox();
  const file = '[tool.vivarium]\nplugins = ["vivarium-activator-elvish"]\nelvish-greeting = "from a file"\n';
  write(sandbox.directory, { 'pyproject.toml': file });
  install(sandbox, 'elvish', {
    'index.js': `import { writeFileSync } from 'node:fs'; writeFileSync('ran', '');\n${activatorModule('elvish')}`,
  });
  const refused = await sandbox.vivarium('create', '--no-seed', 'env');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('a project may not decide that') });
  expect(left(sandbox)).toEqual([]);

  const trusted = await sandbox.vivarium('create', '--no-seed', '--project-plugins', 'env');
  expect(trusted.stdout).toMatch(/activators BashActivator,.*,ElvishActivator/);
  expect(readFileSync(join(sandbox.directory, 'env/bin/activate.elvish'), 'utf8')).toBe(
    `from a file ${sandbox.directory}/env`,
  );

  write(sandbox.directory, { 'pyproject.toml': `${file}project-plugins = true\n` });
  const itself = await sandbox.vivarium('create', '--no-seed', 'env');
  expect(itself).toMatchObject({ exitCode: 2 });
  write(sandbox.directory, {
    'pyproject.toml': '',
    '.config/vivarium/vivarium.toml': 'plugins = ["vivarium-activator-elvish"]\n',
  });
  const users = await sandbox.vivarium('create', '--no-seed', '--plugin-root', sandbox.directory, 'env');
  expect(users).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('ElvishActivator') });
});

test('what is in node_modules and is not named never runs', async () => {
  const sandbox = newSandbox();
  const decoy = {
    'package.json': '{"main":"index.cjs","vivarium":{"kind":"activator","name":"bash","contract":1}}',
    'index.cjs': "require('fs').writeFileSync('ran', '')",
  };
  for (const name of [
    'bash',
    'fish',
    'venv',
    'pip',
    'builtin',
    '@vivarium/activator-bash',
    '@vivarium/core',
    'vivarium-activator-bash',
    'vivarium-activator-other',
    'vivarium',
  ]) {
    write(join(sandbox.directory, 'node_modules', name), decoy);
  }
  const args = ['create', '--activators', 'bash,fish', '--creator', 'venv', '--seeder', 'pip', '--dry-run', 'env'];
  expect(await sandbox.vivarium(...args)).toMatchObject({ exitCode: 0 });
  expect(await sandbox.vivarium('create', '--no-seed', '--discovery', 'builtin', 'env')).toMatchObject({ exitCode: 0 });
  expect(await sandbox.vivarium('plugins')).toMatchObject({ exitCode: 0 });
  expect(await sandbox.vivarium('complete', '--', 'create', '--activators', '')).toMatchObject({ exitCode: 0 });
  expect(left(sandbox)).toEqual(['env']);
});

test.each(['with space', 'a#b%41é', "it's"])('a plugin in a directory named %j', async (name) => {
  const sandbox = newSandbox();
  write(join(sandbox.directory, name), { 'x.mjs': activatorModule('own') });
  const path = join(sandbox.directory, name, 'x.mjs');
  for (const text of [`./${name}/x.mjs`, path, pathToFileURL(path).href]) {
    const made = await sandbox.vivarium('create', '--no-seed', '--activators', text, 'env');
    expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('activators OwnActivator') });
  }
});

// Each of these is named in the error, ends the run with exit code 1, and leaves nothing behind.
test.each([
  ['throws', 'throw new Error("boom")', 'boom'],
  ['is not JavaScript', 'export default {{', 'SyntaxError'],
  ['lacks a package', "import 'not-there';", 'needs the package `not-there`'],
  ['never finishes loading', 'await new Promise(() => {});', 'did not load within 1 s'],
  ['exports nothing', '', 'is not a plugin'],
  [
    'leaves the scripts directory',
    "export default { ...PLUGIN, scripts: () => [{ name: '../../escaped', contents: '' }] }",
    'leave the scripts directory',
  ],
  [
    'replaces the interpreter',
    "export default { ...PLUGIN, scripts: () => [{ name: 'python', contents: '' }] }",
    'would replace `bin/python`',
  ],
  ['answers with nonsense', 'export default { ...PLUGIN, scripts: () => 7 }', 'answered `7`'],
  [
    'can not be asked',
    "export default { ...PLUGIN, supports: () => { throw new Error('boom') } }",
    'could not look at the environment: boom',
  ],
])('a plugin that %s', async (_, code, sentence) => {
  const sandbox = newSandbox({ VIVARIUM_PLUGIN_TIMEOUT: '1' });
  const base =
    "const PLUGIN = { kind: 'activator', name: 'elvish', title: 'Elvish', supports: () => true, scripts: () => [] };\n";
  install(sandbox, 'elvish', { 'index.js': base + code });
  const finished = await sandbox.vivarium('create', '--no-seed', '--activators', 'bash,elvish', 'env');
  expect(finished).toMatchObject({ exitCode: 1, stdout: '' });
  expect(finished.stderr).toMatch(/^error: .*elvish/);
  expect(finished.stderr).toContain(sentence);
  expect(finished.stderr).not.toMatch(/^ {4}at /m);
  expect(left(sandbox)).toEqual([]);
  expect(existsSync(join(sandbox.directory, '../escaped'))).toBe(false);
});

test('a plugin made for another contract is refused before it runs, with both numbers', async () => {
  const sandbox = newSandbox();
  const manifest = JSON.parse(thirdPartyActivator('elvish')['package.json'] ?? '');
  install(sandbox, 'elvish', {
    'package.json': JSON.stringify({ ...manifest, vivarium: { ...manifest.vivarium, contract: 7 } }),
    'index.js': "import { writeFileSync } from 'node:fs'; writeFileSync('ran', '');",
  });
  const { stderr, exitCode } = await sandbox.vivarium('create', '--activators', 'elvish', 'env');
  expect(stderr).toContain('was made for contract 7, and this vivarium has contract 1');
  expect(exitCode).toBe(1);
  expect(left(sandbox)).toEqual([]);
});

test('names that are not fit to be one are shown without their control characters', async () => {
  const sandbox = newSandbox();
  const { stderr, exitCode } = await sandbox.vivarium('create', '--activators', '\u001b[31mred', 'env');
  expect(stderr).toContain('\\u001b[31mred');
  expect(stderr).not.toContain('\u001b');
  expect(exitCode).toBe(2);
});

test('vivarium plugins tells of each where it came from and what it says, and the order of the creators', async () => {
  const sandbox = newSandbox();
  install(sandbox, 'elvish');
  const mini = `export default { kind: 'creator', name: 'mini', title: 'Mini', supports: () => ({ reason: 'it is too small' }), plan() {} };`;
  write(sandbox.directory, { 'plugin.mjs': mini });
  const plugins = ['--plugins', 'vivarium-activator-elvish,./plugin.mjs'];
  const { stdout, exitCode } = await sandbox.vivarium('plugins', '--json', ...plugins);
  expect(exitCode).toBe(0);
  const list = JSON.parse(stdout);
  const row = (name: string) => list.plugins.find((one: { name: string }) => one.name === name);
  expect(list).toMatchObject({ format: 1, contract: 1, interpreter: { implementation: 'CPython' }, errors: [] });
  expect(row('elvish')).toMatchObject({
    kind: 'activator',
    title: 'ElvishActivator',
    package: 'vivarium-activator-elvish',
    version: '1.0.0',
    file: join(sandbox.directory, 'node_modules/vivarium-activator-elvish/index.js'),
    isOfficial: false,
    selected: true,
    supports: true,
    options: [{ flags: ['--elvish-greeting'], variable: 'VIVARIUM_ELVISH_GREETING', key: 'elvish-greeting' }],
  });
  expect(row('bash')).toMatchObject({
    package: 'vivarium',
    isOfficial: true,
    supports: true,
    version: expect.stringMatching(/^\d/),
  });
  expect(row('mini')).toMatchObject({ order: 1, supports: false, reason: 'it is too small', selected: false });
  // Those of other systems come before it, in the order of their packages.
  expect(row('cpython-posix')).toMatchObject({ order: 4, supports: true, selected: true });
  expect(row('pypy-posix')).toMatchObject({ supports: false, reason: 'it is CPython and not PyPy' });

  const shown = await sandbox.vivarium('plugins', 'creators', ...plugins);
  expect(shown.stdout).toMatch(
    /\n {2}mini +Mini +a file +no, because it is too small\n {4}from .*plugin\.mjs\n(?: {2}cpython-macos-.*\n){2}\* cpython-posix /,
  );
  const broken = await sandbox.vivarium('plugins', '--activators', 'bash,nope');
  expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is no activator named `nope`') });
  expect(broken.stdout).toContain('* bash');
});
