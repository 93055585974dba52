import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isVivariumError } from '@vivarium/core/host';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDirectory } from '../directory.ts';
import {
  activatorField,
  activatorModule,
  activatorPackage,
  flag,
  install,
  type Package,
  sourceIn,
  write,
} from './installed.ts';

test('a name that nothing is found for: who asked, what was looked for, from where, and what there is', async () => {
  const directory = testDirectory();
  install(directory, { 'vivarium-activator-elvish': activatorPackage('elvish') });
  const file = join(directory, 'vivarium.toml');
  const source = { layer: 'file', name: 'vivarium.toml (activators)', file } as const;
  const host = { startedAs: '/opt/bin/vivarium', ownFile: '/opt/lib/vivarium/bin.js' };
  await expect(sourceIn('/', { host }).load('activator', 'powershel', source)).rejects.toMatchObject({
    code: 'PLUGIN_NOT_FOUND',
    exitCode: 2,
    source: 'vivarium.toml (activators)',
    message: [
      'There is no activator named `powershel` (asked for by vivarium.toml (activators))',
      '  looked for: @vivarium/activator-powershel, vivarium-activator-powershel',
      `  from: ${directory}, /opt/bin, /opt/lib/vivarium`,
    ].join('\n'),
    hint: 'Did you mean `powershell`? Available: bash, powershell, elvish.',
  });
});

test.each([
  ['elvsh', /^Did you mean `elvish`\? Available: bash, powershell, elvish\.$/],
  ['pwhs', /^Did you mean `pwsh`\?/],
  ['venv', /^`venv` is the name of a creator: `--creator venv`$/],
  // No one has checked who publishes a package of such a name.
  ['something-else', /^Available: bash, powershell, elvish\.$/],
  [
    'vivarium-activator-something-else',
    /^Available: .*\.\nIf this is the package that you want, install it: `npm install -g vivarium-activator-something-else`$/,
  ],
  ['power', /^Did you mean `powershell`\?/],
])('of %j the hint says %s', async (name, hint) => {
  const directory = testDirectory();
  install(directory, { 'vivarium-activator-elvish': activatorPackage('elvish') });
  await expect(sourceIn(directory).load('activator', name, flag)).rejects.toMatchObject({
    code: 'PLUGIN_NOT_FOUND',
    hint: expect.stringMatching(hint),
  });
});

test('only plugins are offered: what their packages declare, under a name that leads to them', async () => {
  const directory = testDirectory();
  const two = [activatorField('one'), activatorField('two')];
  install(directory, {
    'vivarium-activator-elvish': activatorPackage('elvish'),
    '@vivarium/activator-parts': { manifest: { version: '1.0.0' } },
    'vivarium-activator-broken': { files: { 'package.json': '{' } },
    'vivarium-activator-seeder': activatorPackage('x', { vivarium: { kind: 'seeder', name: 'x', contract: 1 } }),
    'vivarium-activator-several': activatorPackage('one', { vivarium: two }),
  });
  await expect(sourceIn(directory).load('activator', 'something-else', flag)).rejects.toMatchObject({
    hint: 'Available: bash, powershell, elvish.',
  });
});

test('a name of packages is asked to be a whole one', async () => {
  await expect(
    sourceIn(testDirectory(), { settings: { plugins: ['nothere'] } }).load('activator', 'elvish', flag),
  ).rejects.toMatchObject({
    code: 'PLUGIN_NAME_INVALID',
    hint: 'Name a package (`vivarium-activator-elvish`, `@scope/name`) or a file (`./elvish.mjs`).',
  });
});

test.each([
  ['/x/_npx/1a2b/node_modules/.bin/vivarium', {}, 'npx -p vivarium -p vivarium-activator-qqqqqq vivarium …'],
  [
    '/home/u/.local/share/pnpm/global/5/node_modules/vivarium/dist/bin.js',
    {},
    'pnpm add -g vivarium,vivarium-activator-qqqqqq',
  ],
  ['/usr/bin/vivarium', {}, 'npm install -g vivarium-activator-qqqqqq'],
  ['PROJECT/node_modules/.bin/vivarium', {}, 'npm install -D vivarium-activator-qqqqqq'],
  [
    'PROJECT/node_modules/.bin/vivarium',
    { npm_config_user_agent: 'yarn/4.1 npm/? node/v20' },
    'yarn add -D vivarium-activator-qqqqqq',
  ],
  ['PROJECT/node_modules/.bin/vivarium', { npm_config_user_agent: 'pnpm/12' }, 'pnpm add -D vivarium-activator-qqqqqq'],
])('started as %s, it names the command of the package manager in use', async (startedAs, env, command) => {
  const directory = testDirectory({ 'package.json': '{}' });
  const host = { env, startedAs: startedAs.replace('PROJECT', directory) };
  await expect(
    sourceIn(directory, { host }).load('activator', 'vivarium-activator-qqqqqq', flag),
  ).rejects.toMatchObject({
    hint: expect.stringContaining(`\`${command}\``),
  });
});

test('a lock file in the project tells the package manager too', async () => {
  const directory = testDirectory({ 'package.json': '{}', 'pnpm-lock.yaml': '' });
  const host = { startedAs: join(directory, 'node_modules/.bin/vivarium') };
  await expect(
    sourceIn(directory, { host }).load('activator', 'vivarium-activator-qqqqqq', flag),
  ).rejects.toMatchObject({
    hint: expect.stringContaining('pnpm add -D vivarium-activator-qqqqqq'),
  });
});

test.each([
  ['', 'it is empty'],
  ['Elvish', 'lower case'],
  ['two words', 'white space'],
  ['../a b\0', 'it contains'],
  ['http://example.org/x.mjs', 'only those that begin with `file:`'],
  ['data:text/javascript,0', 'only those that begin with `file:`'],
  ['node:fs', 'only those that begin with `file:`'],
  ['file://elsewhere/x.mjs', 'File URL host'],
  ['C:\\plugins\\x.mjs', 'a path of Windows'],
  ['.\\x.mjs', 'paths begin with `./`'],
  ['tools/x.mjs', 'paths begin with `./`'],
  ['@acme', 'lower-case letters'],
  ['a..b', '`..`'],
  ['x'.repeat(300), 'more than 214'],
  ['\u001b[31mred', 'lower-case letters'],
  ['_private', 'lower-case letters'],
])('refuses %j as a name', async (name, why) => {
  await expect(sourceIn(testDirectory()).load('activator', name, flag)).rejects.toMatchObject({
    code: 'PLUGIN_NAME_INVALID',
    exitCode: 2,
    message: expect.stringContaining(why),
  });
});

const NOT_TO_RUN = { 'index.js': 'throw new Error("it ran")' };

test.each<[string, Package, object]>([
  [
    'says nothing of plugins',
    { manifest: { exports: './index.js' }, files: NOT_TO_RUN },
    { code: 'PLUGIN_INVALID', message: /no field `vivarium`/ },
  ],
  [
    'has a broken package.json',
    { files: { ...NOT_TO_RUN, 'package.json': '{' } },
    { code: 'PLUGIN_INVALID', message: /package\.json can't be read/ },
  ],
  [
    'declares nonsense',
    { manifest: { vivarium: { kind: 'wizard' } }, files: NOT_TO_RUN },
    { code: 'PLUGIN_INVALID', message: /no `kind` out of discoverer/ },
  ],
  [
    'declares no contract',
    { manifest: { vivarium: { kind: 'activator', name: 'x' } }, files: NOT_TO_RUN },
    { code: 'PLUGIN_INVALID', message: /no number as `contract`/ },
  ],
  [
    'is of another kind',
    { manifest: { vivarium: { ...activatorField('x'), kind: 'creator' } }, files: NOT_TO_RUN },
    { code: 'PLUGIN_KIND_MISMATCH', exitCode: 2, hint: /--creator/ },
  ],
  [
    'was made for a later contract',
    { manifest: { version: '3.0.0', vivarium: { ...activatorField('x'), contract: 2 } }, files: NOT_TO_RUN },
    {
      code: 'PLUGIN_CONTRACT_MISMATCH',
      message: /`x` of vivarium-activator-x@3\.0\.0 was made for contract 2, and this vivarium has contract 1/,
      hint: /^Update vivarium/,
    },
  ],
  [
    'was made for an earlier contract',
    { manifest: { vivarium: { ...activatorField('x'), contract: 0 } }, files: NOT_TO_RUN },
    { code: 'PLUGIN_CONTRACT_MISMATCH', hint: /^Update vivarium-activator-x/ },
  ],
  [
    'was never built',
    { ...activatorPackage('x'), files: {} },
    { code: 'PLUGIN_INVALID', message: /has it been built/ },
  ],
  [
    'has no such entry',
    activatorPackage('x', { vivarium: { ...activatorField('x'), entry: './other' } }),
    { code: 'PLUGIN_INVALID', message: /no entry `\.\/other`/ },
  ],
  [
    'throws',
    { ...activatorPackage('x'), files: { 'index.js': 'throw new RangeError("boom")' } },
    {
      code: 'PLUGIN_LOAD_FAILED',
      message:
        /^The activator `x` of vivarium-activator-x@1\.0\.0 could not be loaded from .*index\.js: RangeError: boom$/,
    },
  ],
  [
    'throws what has no text',
    { ...activatorPackage('x'), files: { 'index.js': 'throw Object.create(null)' } },
    { code: 'PLUGIN_LOAD_FAILED', message: /could not be loaded from .*index\.js: / },
  ],
  [
    'says nonsense of itself',
    { manifest: { vivarium: activatorField('x'), version: { toString: 0 }, name: [] }, files: NOT_TO_RUN },
    { code: 'PLUGIN_LOAD_FAILED', message: /could not be loaded from / },
  ],
  [
    'is not JavaScript',
    { ...activatorPackage('x'), files: { 'index.js': '\n\nexport default {{' } },
    { code: 'PLUGIN_LOAD_FAILED', message: /SyntaxError/ },
  ],
  [
    'lacks its peer',
    {
      ...activatorPackage('x', { peerDependencies: { '@acme/core': '1' } }),
      files: { 'index.js': "import '@acme/core/deep';" },
    },
    { code: 'PLUGIN_LOAD_FAILED', message: /needs the package `@acme\/core`/, hint: /peer dependency/ },
  ],
  [
    'lacks its dependency',
    { ...activatorPackage('x', { dependencies: { left: '1' } }), files: { 'index.js': "import 'left';" } },
    { code: 'PLUGIN_LOAD_FAILED', message: /needs the package `left`/, hint: /install the plugin again/ },
  ],
  [
    'lacks a file of its own',
    { ...activatorPackage('x'), files: { 'index.js': "import './gone.js';" } },
    { code: 'PLUGIN_LOAD_FAILED', message: /gone\.js/ },
  ],
  [
    'never finishes loading',
    { ...activatorPackage('x'), files: { 'index.js': 'await new Promise(() => {});' } },
    { code: 'PLUGIN_LOAD_FAILED', message: /did not load within 0\.2 s/ },
  ],
  [
    'exports a function',
    { ...activatorPackage('x'), files: { 'index.js': 'export default () => 1' } },
    { code: 'PLUGIN_INVALID', message: /what it exports is function/ },
  ],
  [
    'exports half a plugin',
    {
      ...activatorPackage('x'),
      files: { 'index.js': "export default { kind: 'activator', name: 'x', title: 'X', supports() {} }" },
    },
    { code: 'PLUGIN_INVALID', message: /needs the function `scripts`/ },
  ],
  [
    'exports another plugin',
    { ...activatorPackage('x'), files: { 'index.js': activatorModule('y') } },
    { code: 'PLUGIN_INVALID', message: /exports the activator `y`/ },
  ],
  [
    'can not say how one enters',
    { ...activatorPackage('x'), files: { 'index.js': activatorModule('x', "activationCommand: { shells: 'x' }") } },
    { code: 'PLUGIN_INVALID', message: /`activationCommand` needs a list `shells`/ },
  ],
  [
    'has an option without a type',
    { ...activatorPackage('x'), files: { 'index.js': activatorModule('x', "options: { a: { help: '' } }") } },
    { code: 'PLUGIN_INVALID', message: /option `a` has no `type`/ },
  ],
  [
    'has an option without a default',
    {
      ...activatorPackage('x'),
      files: {
        'index.js': activatorModule('x', "options: { a: { type: 'choice', choices: ['b'], default: 'c', help: '' } }"),
      },
    },
    { code: 'PLUGIN_INVALID', message: /option `a` has no fitting/ },
  ],
])('a package that %s is refused by name', async (what, installed, wanted) => {
  const directory = testDirectory();
  install(directory, { 'vivarium-activator-x': installed });
  // The others are loaded in time on a busy machine, too.
  const host = { env: what === 'never finishes loading' ? { VIVARIUM_PLUGIN_TIMEOUT: '0.2' } : {} };
  const error = await sourceIn(directory, { host })
    .load('activator', 'vivarium-activator-x', flag)
    .catch((thrown) => thrown);
  expect(isVivariumError(error)).toBe(true);
  for (const [name, value] of Object.entries<unknown>({ exitCode: 1, ...wanted })) {
    if (value instanceof RegExp) expect(error[name]).toMatch(value);
    else expect(error[name]).toBe(value);
  }
  expect(error.message).toContain('activator-x');
});

test('a file of another kind, or without a plugin, is refused by name', async () => {
  const directory = testDirectory();
  write(directory, { 'x.mjs': activatorModule('x'), 'none.mjs': 'export const a = 1' });
  const source = sourceIn(directory);
  await expect(source.load('creator', './x.mjs', flag)).rejects.toMatchObject({
    code: 'PLUGIN_KIND_MISMATCH',
    message: `${directory}/x.mjs has no creator, but an activator \`x\``,
  });
  await expect(source.load('creator', './none.mjs', flag)).rejects.toMatchObject({ code: 'PLUGIN_INVALID' });
  await expect(source.load('creator', './gone.mjs', flag)).rejects.toMatchObject({ code: 'PLUGIN_NOT_FOUND' });
});

test('a project may not make code run by itself', async () => {
  const directory = testDirectory();
  const ran = join(directory, 'ran');
  const code = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, ''); ${activatorModule('x')}`;
  install(directory, { 'vivarium-activator-x': { ...activatorPackage('x'), files: { 'index.js': code } } });
  const asked = {
    layer: 'file',
    name: 'tool.vivarium.activators',
    file: join(directory, 'pyproject.toml'),
    isProject: true,
  } as const;
  await expect(sourceIn(directory).load('activator', 'x', asked)).rejects.toMatchObject({
    code: 'PLUGIN_NOT_TRUSTED',
    exitCode: 2,
    hint: expect.stringContaining('--project-plugins'),
  });
  const listing = {
    files: [
      {
        path: asked.file,
        prefix: '',
        values: { plugins: ['vivarium-activator-x'] },
        isShared: false,
        isProject: true as const,
      },
    ],
  };
  await expect(sourceIn(directory, listing).defaults('activator')).rejects.toMatchObject({
    code: 'PLUGIN_NOT_TRUSTED',
  });
  expect(existsSync(ran)).toBe(false);

  expect(await sourceIn(directory).load('activator', 'bash', asked)).toMatchObject({ name: 'bash' });
  const trusted = sourceIn(directory, { ...listing, settings: { projectPlugins: true } });
  expect(await trusted.defaults('activator')).toContain('x');
  const host = { startedAs: join(directory, 'node_modules/.bin/vivarium') };
  expect(await sourceIn(directory, { host }).load('activator', 'x', asked)).toMatchObject({ name: 'x' });
});

describe('the code of a plugin that a file names', () => {
  const inFile = (directory: string, more: object = {}) =>
    ({
      layer: 'file',
      name: 'tool.vivarium.activators',
      file: join(directory, 'pyproject.toml'),
      ...more,
    }) as const;
  const withPlugin = (): string => {
    const directory = testDirectory();
    install(directory, { 'vivarium-activator-x': activatorPackage('x') });
    return directory;
  };

  test("runs when the file is the user's own", async () => {
    const directory = withPlugin();
    expect(await sourceIn(directory).load('activator', 'x', inFile(directory))).toMatchObject({ name: 'x' });
  });

  test('does not run when another user put the file there, even if projects are trusted', async () => {
    const directory = withPlugin();
    const host = { startedAs: join(directory, 'node_modules/.bin/vivarium') };
    const source = sourceIn(directory, { settings: { projectPlugins: true }, host });
    const asked = inFile(directory, { isProject: true, isForeign: true });
    await expect(source.load('activator', 'x', asked)).rejects.toMatchObject({
      code: 'PLUGIN_NOT_TRUSTED',
      source: 'tool.vivarium.activators',
      message: `${directory}/pyproject.toml names the plugin \`x\`, whose code would run, and the file of another user may not decide that (asked for by tool.vivarium.activators)`,
      hint: 'Name it yourself, with a flag or in your own vivarium.toml.',
    });
  });

  test('does not run when it is the file of a project from whose installation the program was not started', async () => {
    const directory = withPlugin();
    const host = { startedAs: join(testDirectory(), 'node_modules/.bin/vivarium') };
    const source = sourceIn(directory, { host });
    await expect(source.load('activator', 'x', inFile(directory, { isProject: true }))).rejects.toMatchObject({
      code: 'PLUGIN_NOT_TRUSTED',
      source: 'tool.vivarium.activators',
      message: `${directory}/pyproject.toml names the plugin \`x\`, whose code would run, and a project may not decide that (asked for by tool.vivarium.activators)`,
      hint: 'If you trust this project, add --project-plugins (or set VIVARIUM_PROJECT_PLUGINS=1), or start the vivarium of its own node_modules, as `npx vivarium` does.',
    });
  });
});

// Whatever is typed: a plugin, or an error for people; and nothing outside the candidates is so much as looked at.
test('ends with a plugin or an error for people, whatever the name', async () => {
  const directory = testDirectory();
  const trap = {
    manifest: { main: 'trap.cjs', vivarium: activatorField('trap') },
    files: { 'trap.cjs': `require('fs').writeFileSync(${JSON.stringify(join(directory, 'ran'))}, '')` },
  };
  const names = ['fish', 'bash', 'batch', 'pip', 'trap', '.bin', '@x/fish', 'activator-fish', 'vivarium'];
  install(directory, Object.fromEntries(names.map((name) => [name, trap])));
  install(directory, { 'vivarium-activator-good': activatorPackage('good') });
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        ...names,
        'good',
        'vivarium-activator-good',
        '@',
        '@x',
        'x/y',
        '..',
        './',
        '/',
        'file:',
        'file:///',
        '#',
        '@x/y#',
      ),
      fc
        .tuple(fc.constantFrom('./', '../', '@', 'vivarium-', 'file:', 'node:', ''), fc.string({ maxLength: 12 }))
        .map((parts) => parts.join('')),
    )
    .filter((name) => name !== '@x/fish');
  await fc.assert(
    fc.asyncProperty(text, async (name) => {
      try {
        expect(await sourceIn(directory).load('activator', name, flag)).toMatchObject({ kind: 'activator' });
      } catch (error) {
        expect({ name, error, isForPeople: isVivariumError(error) }).toMatchObject({ isForPeople: true });
        expect(error).toMatchObject({ code: expect.stringMatching(/^PLUGIN_/) });
      }
    }),
    { numRuns: 300 },
  );
  expect(readdirSync(directory)).toEqual(['node_modules']);
});
