import { type Candidate, type Context, type Discoverer, defineDiscoverer, openCache } from '@vivarium/core/host';
import { askDiscoverer } from '@vivarium/core/internal';
import { expect, test } from 'vitest';
import { testDirectory } from '../directory.ts';

const good: Candidate = { executable: '/usr/bin/python3', source: 'PATH' };

async function candidatesOf(candidates: unknown): Promise<readonly Candidate[]> {
  const discoverer = defineDiscoverer({
    kind: 'discoverer',
    name: 'theirs',
    title: 'Theirs',
    candidates: candidates as Discoverer['candidates'],
  });
  const directory = testDirectory();
  const context: Context = {
    env: {},
    cwd: directory,
    cache: openCache({ directory }),
    signal: new AbortController().signal,
    warn: () => {},
    debug: () => {},
  };
  const found: Candidate[] = [];
  for await (const candidate of askDiscoverer(discoverer, { spec: undefined, settings: {}, context })) {
    found.push(candidate);
  }
  return found;
}

test.each([
  ['a list', () => [good]],
  ['a promise of a list', async () => [good]],
  [
    'a generator',
    function* () {
      yield good;
    },
  ],
  [
    'an asynchronous generator',
    async function* () {
      yield good;
    },
  ],
])('takes candidates from %s', async (_, candidates) => {
  expect(await candidatesOf(candidates)).toEqual([good]);
});

test.each([
  ['nothing', () => undefined, /answered `undefined` where candidates should be/],
  ['a text', () => 'python3', /answered .*python3.* where candidates should be/],
  ['what holds none', () => ({}), /which can't be iterated over/],
  ['a path that leads from nowhere', () => [{ ...good, executable: 'python3' }], /without an absolute `executable`/],
  ['one that came from nowhere', () => [{ executable: '/usr/bin/python3' }], /and a `source`/],
  ['no candidate', () => [null], /a candidate without/],
])('blames a discoverer that answers %s, by name', async (_, candidates, message) => {
  await expect(candidatesOf(candidates)).rejects.toMatchObject({
    code: 'PLUGIN_ANSWER_INVALID',
    message: expect.stringMatching(/^The discoverer `theirs` answered/),
  });
  await expect(candidatesOf(candidates)).rejects.toThrow(message);
});

test.each([
  [
    'when it is asked',
    () => {
      throw new Error('no such registry');
    },
  ],
  [
    'in the middle',
    function* () {
      yield good;
      throw new Error('no such registry');
    },
  ],
])('blames a discoverer that fails %s', async (_, candidates) => {
  await expect(candidatesOf(candidates)).rejects.toMatchObject({
    code: 'PLUGIN_FAILED',
    message: 'The discoverer `theirs` could not look for interpreters: no such registry',
  });
});
