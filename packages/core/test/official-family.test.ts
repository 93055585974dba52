import {
  type Creator,
  coreOptions,
  creatorNames,
  type OfficialPlugins,
  openPluginSource,
  resolveSettings,
} from '@vivarium/core/host';
import { expect, test } from 'vitest';

const creators = Object.fromEntries(
  ['cpython-posix', 'cpython-windows', 'pypy-posix', 'pypy-windows', 'venv'].map((name) => [name, { name } as Creator]),
);
const official: OfficialPlugins = {
  table: {
    discoverer: async () => ({}),
    creator: async () => creators,
    seeder: async () => ({}),
    activator: async () => ({}),
  },
  aliases: { creator: { 'pypy3-posix': 'pypy-posix', 'pypy3-win': 'pypy-windows' } },
};
const host = { official, env: {}, cwd: '/', ownFile: '/vivarium.js' };
const source = openPluginSource(host, resolveSettings(coreOptions, { flags: {}, env: {}, files: [], cwd: '/' }));

test.each([
  ['pypy', ['pypy-posix', 'pypy-windows']],
  ['pypy3', ['pypy-posix', 'pypy-windows']],
  ['cpython', ['cpython-posix', 'cpython-windows']],
  ['pypy-posix', ['pypy-posix']],
  ['pypy3-win', ['pypy3-win']],
  ['venv', ['venv']],
  ['py', ['py']],
  ['builtin', Object.keys(creators)],
  ['', ['']],
])('the creator %j stands for %j', async (name, names) => {
  expect(await creatorNames(name, source)).toEqual(names);
});
