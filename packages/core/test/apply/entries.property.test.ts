import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPlan, type Step } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesOf, hasEntries } from '../../src/apply/entries.ts';
import { testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';

// Directories and files never have the same name, and no file is put in twice.
const directory = fc
  .array(fc.constantFrom('d', 'dd', 'e'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('file'), into: fc.option(directory) }),
    fc.record({ kind: fc.constant('directory'), path: directory }),
    fc.record({
      kind: fc.constant('tree'),
      path: fc.oneof(fc.constant('.'), directory),
      directories: fc.array(directory, { maxLength: 2 }),
      into: fc.array(fc.option(directory), { maxLength: 4 }),
    }),
  ),
  { minLength: 1, maxLength: 6 },
);
const removed = fc.array(directory, { maxLength: 2 });

type Description =
  | { readonly kind: 'file'; readonly into: string | null }
  | { readonly kind: 'directory'; readonly path: string }
  | {
      readonly kind: 'tree';
      readonly path: string;
      readonly directories: readonly string[];
      readonly into: readonly (string | null)[];
    };

/** Steps with files of their own names, and what trees are of. */
function stepsOf(descriptions: readonly Description[], image: string): Step[] {
  let count = 0;
  const fileIn = (into: string | null): string => {
    count += 1;
    return into === null ? `f${count}` : `${into}/f${count}`;
  };
  return descriptions.map((one): Step => {
    if (one.kind === 'directory') return one;
    if (one.kind === 'file') return { kind: 'file', path: fileIn(one.into), contents: '' };
    const { path, into } = one;
    const files = into.map(fileIn);
    const directories = [...one.directories, ...into.filter((name) => name !== null)];
    for (const file of files) {
      mkdirSync(dirname(join(image, file)), { recursive: true });
      writeFileSync(join(image, file), '');
    }
    return { kind: 'tree', path, source: image, directories, files, link: ['copy'] };
  });
}

/** How many entries the directories below a root really have. */
function countIn(root: string, below = ''): Map<string, number> {
  const found = readdirSync(join(root, below), { withFileTypes: true });
  const inner = found
    .filter((one) => one.isDirectory())
    .map((one) => (below === '' ? one.name : `${below}/${one.name}`));
  return new Map([[below, found.length], ...inner.flatMap((path) => [...countIn(root, path)])]);
}

test('the entries that are counted of steps are those that are there when they were done, and none may be missing', async () => {
  await fc.assert(
    fc.asyncProperty(steps, removed, async (descriptions, paths) => {
      const [image, parent] = [testDirectory(), testDirectory()];
      const made = stepsOf(descriptions as readonly Description[], image);
      const all = [...made, ...paths.map((path): Step => ({ kind: 'remove', path }))];
      const root = join(parent, 'env');
      await applyPlan(planOf(root, 'create', all));
      const entries = entriesOf(all);
      const counted = [...entries].filter(([path, count]) => path === '' || count > 0);
      const real = [...countIn(root)].filter(([path, count]) => path === '' || count > 0);
      expect(counted.sort()).toEqual(real.sort());
      expect(hasEntries(root, entries)).toBe(true);
      const [gone] = readdirSync(root, { recursive: true }).map(String).sort().reverse();
      if (gone === undefined) return;
      rmSync(join(root, gone), { recursive: true });
      expect(hasEntries(root, entries)).toBe(false);
    }),
    { numRuns: 100 },
  );
});

test('a process may remove what was there before it, and not what comes after it', () => {
  const tree: Step = {
    kind: 'tree',
    path: 'lib',
    source: '/',
    directories: ['a'],
    files: ['a/x', 'y'],
    link: ['copy'],
  };
  const file = (path: string): Step => ({ kind: 'file', path, contents: '' });
  const run: Step = { kind: 'run', place: 'staging', command: ['true'], purpose: 'work' };
  expect(entriesOf([file('a'), tree, run, file('b/c')])).toEqual(
    new Map([
      ['', 1],
      ['b', 1],
    ]),
  );
  expect(entriesOf([run, tree, tree])).toEqual(
    new Map([
      ['', 1],
      ['lib', 2],
      ['lib/a', 1],
    ]),
  );
});
