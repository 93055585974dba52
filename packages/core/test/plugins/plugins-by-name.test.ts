import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { testDirectory } from '../directory.ts';
import { activatorField, activatorModule, activatorPackage, flag, install, sourceIn, write } from './installed.ts';

test.each([
  ['elvish', 'vivarium-activator-elvish'],
  ['elvish', '@vivarium/activator-elvish'],
  ['vivarium-activator-elvish', 'vivarium-activator-elvish'],
  ['@acme/elvish', '@acme/vivarium-activator-elvish'],
  ['@acme/elvish', '@acme/elvish'],
  ['@acme/vivarium-shells', '@acme/vivarium-shells'],
])('finds %j in the package %s', async (name, packageName) => {
  const directory = testDirectory();
  install(directory, { [packageName]: activatorPackage('elvish') });
  const source = sourceIn(join(directory, 'deep/down'));
  const plugin = await source.load('activator', name, flag);
  expect(plugin).toMatchObject({ kind: 'activator', name: 'elvish' });
  expect(Object.isFrozen(plugin)).toBe(true);
  const file = join(directory, 'node_modules', packageName, 'index.js');
  expect(source.originOf?.(plugin)).toEqual({ package: packageName, version: '1.0.0', file });
  expect(source.notes?.()).toEqual([`activator \`elvish\` of ${packageName}@1.0.0 from ${file}`]);
});

test.each(['bash', 'zsh', '@vivarium/activator-bash'])(
  'nothing installed can take the official name %j',
  async (name) => {
    const directory = testDirectory();
    const evil = { ...activatorPackage('bash'), files: { 'index.js': 'throw new Error("I ran")' } };
    install(directory, { [name]: evil, '@vivarium/activator-bash': evil, 'vivarium-activator-bash': evil });
    expect(await sourceIn(directory).load('activator', name, flag)).toMatchObject({ title: 'BashActivator' });
  },
);

test('a package that merely has the short name is never imported', async () => {
  const directory = testDirectory();
  const ran = join(directory, 'ran');
  install(directory, {
    fish: {
      ...activatorPackage('fish'),
      files: { 'index.js': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');` },
    },
  });
  await expect(sourceIn(directory).load('activator', 'fish', flag)).rejects.toMatchObject({ code: 'PLUGIN_NOT_FOUND' });
  await expect(sourceIn(directory, { settings: { plugins: ['fish'] } }).defaults('activator')).rejects.toMatchObject({
    code: 'PLUGIN_NAME_INVALID',
  });
  expect(existsSync(ran)).toBe(false);
});

test.each(['file.mjs', 'with space.mjs', 'é ü.mjs', "it's.mjs"])(
  'loads the file %j as a path and as a URL',
  async (name) => {
    const directory = testDirectory();
    write(directory, { [`tools/${name}`]: activatorModule('own') });
    for (const text of [
      `./tools/${name}`,
      join(directory, 'tools', name),
      pathToFileURL(join(directory, 'tools', name)).href,
    ]) {
      const source = sourceIn(directory);
      const plugin = await source.load('activator', text, flag);
      expect(source.originOf?.(plugin)).toEqual({ file: join(directory, 'tools', name) });
    }
  },
);

test('a path in a file is meant from the directory of the file', async () => {
  const directory = testDirectory();
  write(directory, { 'config/own.mjs': activatorModule('own') });
  const source = {
    layer: 'file',
    name: 'vivarium.toml (activators)',
    file: join(directory, 'config/vivarium.toml'),
  } as const;
  const plugin = await sourceIn(testDirectory()).load('activator', './own.mjs', source);
  expect(plugin.name).toBe('own');
});

test('loads a package by its directory, and a package that names itself', async () => {
  const directory = testDirectory();
  const own = activatorPackage('own');
  write(directory, {
    'package.json': JSON.stringify({ name: 'vivarium-activator-own', ...own.manifest }),
    ...own.files,
  });
  expect(await sourceIn(dirname(directory)).load('activator', directory, flag)).toMatchObject({ name: 'own' });
  expect(await sourceIn(directory).load('activator', 'own', flag)).toMatchObject({ name: 'own' });
});

test('loads a linked package from where it really is', async () => {
  const [directory, workspace] = [testDirectory(), testDirectory()];
  install(workspace, { 'vivarium-activator-own': activatorPackage('own') });
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(
    join(workspace, 'node_modules/vivarium-activator-own'),
    join(directory, 'node_modules/vivarium-activator-own'),
  );
  const source = sourceIn(directory);
  const plugin = await source.load('activator', 'own', flag);
  expect(source.originOf?.(plugin)?.file).toBe(
    realpathSync(join(workspace, 'node_modules/vivarium-activator-own/index.js')),
  );
});

test.each([
  ['module.exports = PLUGIN;', {}],
  ['exports.__esModule = true; exports.default = PLUGIN;', {}],
  ['module.exports = { default: { default: PLUGIN } };', {}],
  ['exports.elvish = PLUGIN;', { vivarium: { ...activatorField('elvish'), export: 'elvish' } }],
])('takes the plugin out of CommonJS: %s', async (code, manifest) => {
  const directory = testDirectory();
  const plugin = `{ kind: 'activator', name: 'elvish', title: 'Elvish', supports: () => true, scripts: () => [] }`;
  install(directory, {
    'vivarium-activator-elvish': {
      manifest: { version: '1.0.0', main: 'main.cjs', vivarium: activatorField('elvish'), ...manifest },
      files: { 'main.cjs': code.replace('PLUGIN', plugin) },
    },
  });
  expect(await sourceIn(directory).load('activator', 'elvish', flag)).toMatchObject({ title: 'Elvish' });
});

test('a package with only an `import` condition, without package.json among its exports, is found', async () => {
  const directory = testDirectory();
  const exports = { '.': { import: './index.js' } };
  install(directory, { 'vivarium-activator-elvish': activatorPackage('elvish', { exports }) });
  expect(await sourceIn(directory).load('activator', 'elvish', flag)).toMatchObject({ name: 'elvish' });
});

const shells = {
  manifest: {
    version: '2.0.0',
    type: 'module',
    exports: { '.': './index.js', './ion': './ion.js' },
    vivarium: [
      activatorField('elvish'),
      { ...activatorField('oil'), export: 'oil' },
      { ...activatorField('ion'), entry: './ion' },
      { kind: 'creator', name: 'mini', contract: 1, export: 'mini' },
    ],
  },
  files: {
    'index.js': `${activatorModule('elvish')} ${activatorModule('oil').replace('export default', 'export const oil =')}
      export const mini = { kind: 'creator', name: 'mini', title: 'Mini', supports: () => true, plan: () => ({}) };`,
    'ion.js': activatorModule('ion'),
  },
};

test('one package may have several plugins, which are told apart by name', async () => {
  const directory = testDirectory();
  install(directory, { '@acme/shells': shells });
  const source = sourceIn(directory);
  for (const name of ['elvish', 'oil', 'ion']) {
    expect(await source.load('activator', `@acme/shells#${name}`, flag)).toMatchObject({ name });
  }
  expect(await source.load('creator', '@acme/shells', flag)).toMatchObject({ name: 'mini' });
  await expect(source.load('activator', '@acme/shells', flag)).rejects.toMatchObject({
    code: 'PLUGIN_NOT_FOUND',
    hint: 'It has `@acme/shells#elvish`, `@acme/shells#oil`, `@acme/shells#ion`.',
  });
});

test('the plugins of listed packages take part, and can be named', async () => {
  const directory = testDirectory();
  install(directory, { '@acme/shells': shells });
  const source = sourceIn(directory, { settings: { plugins: ['@acme/shells'] } });
  expect(await source.defaults('activator')).toEqual(['bash', 'powershell', 'elvish', 'oil', 'ion']);
  expect(await source.defaults('creator')).toEqual(['mini', 'venv']);
  expect(await source.load('activator', 'oil', flag)).toMatchObject({ name: 'oil' });
});

test('of two plugins of one name the official one wins, then the one that was listed first', async () => {
  const directory = testDirectory();
  write(directory, { 'first.mjs': activatorModule('own', 'first: 1'), 'second.mjs': activatorModule('own') });
  install(directory, { 'vivarium-activator-bash': activatorPackage('bash') });
  const settings = { plugins: ['./first.mjs', './second.mjs', 'vivarium-activator-bash'] };
  const source = sourceIn(directory, { settings });
  expect(await source.defaults('activator')).toEqual(['bash', 'powershell', 'own']);
  expect(await source.load('activator', 'own', flag)).toHaveProperty('first');
  expect(source.notes?.()).toEqual([
    `skipped the activator \`own\` of ${directory}/second.mjs: ${directory}/first.mjs has that name`,
    'skipped the activator `bash` of vivarium-activator-bash: an official plugin has that name',
    `activator \`own\` from ${directory}/first.mjs`,
  ]);
});

test('looks from the working directory, from where the program was started, from where it is, and from what was added', async () => {
  const directories = [0, 1, 2, 3].map(() => testDirectory());
  const [working = '', started = '', own = '', added = ''] = directories;
  const host = { startedAs: join(started, 'node_modules/.bin/vivarium'), ownFile: join(own, 'vivarium/dist/bin.js') };
  for (const directory of directories.toReversed()) {
    install(directory, { 'vivarium-activator-elvish': activatorPackage('elvish') });
    const source = sourceIn(working, { host, settings: { pluginRoot: [added] } });
    const plugin = await source.load('activator', 'elvish', flag);
    expect(source.originOf?.(plugin)?.file).toBe(join(directory, 'node_modules/vivarium-activator-elvish/index.js'));
    expect(source.notes?.()).toHaveLength(directories.length - directories.indexOf(directory));
  }
});
