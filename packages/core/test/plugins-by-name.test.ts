import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { testFolder } from './folder.ts';
import { activatorField, activatorModule, activatorPackage, flag, install, sourceIn, write } from './installed.ts';

test.each([
  ['elvish', 'vivarium-activator-elvish'],
  ['elvish', '@vivarium/activator-elvish'],
  ['vivarium-activator-elvish', 'vivarium-activator-elvish'],
  ['@acme/elvish', '@acme/vivarium-activator-elvish'],
  ['@acme/elvish', '@acme/elvish'],
  ['@acme/vivarium-shells', '@acme/vivarium-shells'],
])('finds %j in the package %s', async (name, packageName) => {
  const folder = testFolder();
  install(folder, { [packageName]: activatorPackage('elvish') });
  const source = sourceIn(join(folder, 'deep/down'));
  const plugin = await source.load('activator', name, flag);
  expect(plugin).toMatchObject({ kind: 'activator', name: 'elvish' });
  expect(Object.isFrozen(plugin)).toBe(true);
  const file = join(folder, 'node_modules', packageName, 'index.js');
  expect(source.originOf?.(plugin)).toEqual({ package: packageName, version: '1.0.0', file });
  expect(source.notes?.()).toEqual([`activator \`elvish\` of ${packageName}@1.0.0 from ${file}`]);
});

test.each(['bash', 'zsh', '@vivarium/activator-bash'])(
  'nothing installed can take the official name %j',
  async (name) => {
    const folder = testFolder();
    const evil = { ...activatorPackage('bash'), files: { 'index.js': 'throw new Error("I ran")' } };
    install(folder, { [name]: evil, '@vivarium/activator-bash': evil, 'vivarium-activator-bash': evil });
    expect(await sourceIn(folder).load('activator', name, flag)).toMatchObject({ title: 'BashActivator' });
  },
);

test('a package that merely has the short name is never imported', async () => {
  const folder = testFolder();
  const ran = join(folder, 'ran');
  install(folder, {
    fish: {
      ...activatorPackage('fish'),
      files: { 'index.js': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');` },
    },
  });
  await expect(sourceIn(folder).load('activator', 'fish', flag)).rejects.toMatchObject({ code: 'PLUGIN_NOT_FOUND' });
  await expect(sourceIn(folder, { settings: { plugins: ['fish'] } }).defaults('activator')).rejects.toMatchObject({
    code: 'PLUGIN_NAME_INVALID',
  });
  expect(existsSync(ran)).toBe(false);
});

test.each(['file.mjs', 'with space.mjs', 'é ü.mjs', "it's.mjs"])(
  'loads the file %j as a path and as a URL',
  async (name) => {
    const folder = testFolder();
    write(folder, { [`tools/${name}`]: activatorModule('own') });
    for (const text of [
      `./tools/${name}`,
      join(folder, 'tools', name),
      pathToFileURL(join(folder, 'tools', name)).href,
    ]) {
      const source = sourceIn(folder);
      const plugin = await source.load('activator', text, flag);
      expect(source.originOf?.(plugin)).toEqual({ file: join(folder, 'tools', name) });
    }
  },
);

test('a path in a file is meant from the folder of the file', async () => {
  const folder = testFolder();
  write(folder, { 'config/own.mjs': activatorModule('own') });
  const source = {
    layer: 'file',
    name: 'vivarium.toml (activators)',
    file: join(folder, 'config/vivarium.toml'),
  } as const;
  const plugin = await sourceIn(testFolder()).load('activator', './own.mjs', source);
  expect(plugin.name).toBe('own');
});

test('loads a package by its folder, and a package that names itself', async () => {
  const folder = testFolder();
  const own = activatorPackage('own');
  write(folder, { 'package.json': JSON.stringify({ name: 'vivarium-activator-own', ...own.manifest }), ...own.files });
  expect(await sourceIn(dirname(folder)).load('activator', folder, flag)).toMatchObject({ name: 'own' });
  expect(await sourceIn(folder).load('activator', 'own', flag)).toMatchObject({ name: 'own' });
});

test('loads a linked package from where it really lies', async () => {
  const [folder, workspace] = [testFolder(), testFolder()];
  install(workspace, { 'vivarium-activator-own': activatorPackage('own') });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(
    join(workspace, 'node_modules/vivarium-activator-own'),
    join(folder, 'node_modules/vivarium-activator-own'),
  );
  const source = sourceIn(folder);
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
  const folder = testFolder();
  const plugin = `{ kind: 'activator', name: 'elvish', title: 'Elvish', supports: () => true, scripts: () => [] }`;
  install(folder, {
    'vivarium-activator-elvish': {
      manifest: { version: '1.0.0', main: 'main.cjs', vivarium: activatorField('elvish'), ...manifest },
      files: { 'main.cjs': code.replace('PLUGIN', plugin) },
    },
  });
  expect(await sourceIn(folder).load('activator', 'elvish', flag)).toMatchObject({ title: 'Elvish' });
});

test('a package with only an `import` condition, without package.json among its exports, is found', async () => {
  const folder = testFolder();
  const exports = { '.': { import: './index.js' } };
  install(folder, { 'vivarium-activator-elvish': activatorPackage('elvish', { exports }) });
  expect(await sourceIn(folder).load('activator', 'elvish', flag)).toMatchObject({ name: 'elvish' });
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
  const folder = testFolder();
  install(folder, { '@acme/shells': shells });
  const source = sourceIn(folder);
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
  const folder = testFolder();
  install(folder, { '@acme/shells': shells });
  const source = sourceIn(folder, { settings: { plugins: ['@acme/shells'] } });
  expect(await source.defaults('activator')).toEqual(['bash', 'powershell', 'elvish', 'oil', 'ion']);
  expect(await source.defaults('creator')).toEqual(['mini', 'venv']);
  expect(await source.load('activator', 'oil', flag)).toMatchObject({ name: 'oil' });
});

test('of two plugins of one name the official one wins, then the one that was listed first', async () => {
  const folder = testFolder();
  write(folder, { 'first.mjs': activatorModule('own', 'first: 1'), 'second.mjs': activatorModule('own') });
  install(folder, { 'vivarium-activator-bash': activatorPackage('bash') });
  const settings = { plugins: ['./first.mjs', './second.mjs', 'vivarium-activator-bash'] };
  const source = sourceIn(folder, { settings });
  expect(await source.defaults('activator')).toEqual(['bash', 'powershell', 'own']);
  expect(await source.load('activator', 'own', flag)).toHaveProperty('first');
  expect(source.notes?.()).toEqual([
    `passed over the activator \`own\` of ${folder}/second.mjs: ${folder}/first.mjs has that name`,
    'passed over the activator `bash` of vivarium-activator-bash: an official plugin has that name',
    `activator \`own\` from ${folder}/first.mjs`,
  ]);
});

test('looks from the working folder, from where the program was started, from where it lies, and from what was added', async () => {
  const folders = [0, 1, 2, 3].map(() => testFolder());
  const [working = '', started = '', own = '', added = ''] = folders;
  const host = { startedAs: join(started, 'node_modules/.bin/vivarium'), ownFile: join(own, 'vivarium/dist/bin.js') };
  for (const folder of folders.toReversed()) {
    install(folder, { 'vivarium-activator-elvish': activatorPackage('elvish') });
    const source = sourceIn(working, { host, settings: { pluginRoot: [added] } });
    const plugin = await source.load('activator', 'elvish', flag);
    expect(source.originOf?.(plugin)?.file).toBe(join(folder, 'node_modules/vivarium-activator-elvish/index.js'));
    expect(source.notes?.()).toHaveLength(folders.length - folders.indexOf(folder));
  }
});
