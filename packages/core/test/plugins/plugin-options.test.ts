import {
  coreOptions,
  defineActivator,
  type Options,
  type Plugin,
  type PluginKind,
  type PluginSource,
  resolveSettings,
  selectPlugins,
} from '@vivarium/core/host';
import { expect, test } from 'vitest';

function activator(name: string, options: Options): Plugin<PluginKind> {
  return defineActivator({ kind: 'activator', name, title: name, options, supports: () => true, scripts: () => [] });
}

const text = { type: 'string', help: '' } as const;

/** Selects two activators that declare these options. */
function select(first: Options, second: Options, ownOptions: Options = {}) {
  const plugins = { first: activator('first', first), second: activator('second', second) };
  const source: PluginSource = {
    defaults: async () => ['first', 'second'],
    load: async (kind, name) =>
      kind === 'activator' ? plugins[name as 'first' | 'second'] : ({ kind, name } as Plugin<PluginKind>),
    originOf: () => undefined,
  };
  const settings = resolveSettings(coreOptions, { flags: {}, env: {}, files: [], cwd: '/' });
  return selectPlugins(settings, source, ownOptions);
}

test('puts the options of plugins together, under a heading for each', async () => {
  const { options } = await select({ depth: text }, { width: { ...text, group: 'Size' } });
  expect(options).toEqual({
    depth: { ...text, group: 'Options of the activator first' },
    width: { ...text, group: 'Size' },
  });
});

test.each<[string, Options, Options, string]>([
  ["core's", { clear: text }, {}, '--clear'],
  ["another plugin's", { depth: text }, { depth: text }, '--depth'],
  ["another's other name", { depth: { ...text, aliases: ['deep'] } }, { deep: text }, '--deep'],
  ["a letter of core's", { depth: { ...text, short: 'p' } }, {}, '-p'],
  ["the program's", { json: text }, {}, '--json'],
])('refuses an option that is %s already', async (_, first, second, flag) => {
  await expect(select(first, second, { json: text })).rejects.toMatchObject({
    code: 'PLUGIN_OPTION_DUPLICATE',
    message: expect.stringContaining(`declares the option ${flag}, which is taken`),
  });
});
