import { expect, test } from 'vitest';
import { officialPlugins } from '../src/official/plugins.ts';

test('the creator that leaves the work to the interpreter is asked last', async () => {
  expect(Object.keys(await officialPlugins.table.creator()).at(-1)).toBe('venv');
});

test('every official plugin has the name under which it is found', async () => {
  for (const kind of ['discoverer', 'creator', 'seeder', 'activator'] as const) {
    const plugins = Object.entries(await officialPlugins.table[kind]());
    expect(plugins.map(([name]) => name)).toEqual(plugins.map(([, plugin]) => plugin.name));
  }
});

test('every other name of a plugin stands for one that there is', async () => {
  for (const kind of ['creator', 'activator'] as const) {
    const names = Object.keys(await officialPlugins.table[kind]());
    expect(names).toEqual(expect.arrayContaining(Object.values(officialPlugins.aliases[kind] ?? {})));
  }
});
