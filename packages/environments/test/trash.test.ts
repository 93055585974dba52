import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  KEPT_FOR_MS,
  listEnvironments,
  openTrash,
  purgeTrash,
  putInTrash,
  removeEnvironment,
  trashEntries,
  undoRemoval,
} from '@vivarium/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, onTestFinished, test } from 'vitest';

/** A home with environments, which are told apart by a text. */
function home() {
  const directory = realpathSync(temporaryDirectory());
  const env = { HOME: directory };
  const place = join(directory, 'env');
  return {
    directory,
    env,
    place,
    create(text: string, path = place): void {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'pyvenv.cfg'), `home = /usr/bin\ntext = ${text}\n`);
    },
    text: (path = place) => /text = (.*)/.exec(readFileSync(join(path, 'pyvenv.cfg'), 'utf8'))?.[1],
    at: (now: number) => openTrash(env, now),
  };
}

const NOW = 1_800_000_000_000;

test('what was removed is restored as it was, and once', () => {
  const { create, place, text, at } = home();
  create('first');
  const entry = removeEnvironment({ directory: place, trash: at(NOW) });
  expect(existsSync(place)).toBe(false);
  expect(trashEntries(at(NOW))).toEqual([entry]);
  undoRemoval(entry as NonNullable<typeof entry>, at(NOW + 1));
  expect(text()).toBe('first');
  expect(trashEntries(at(NOW))).toEqual([]);
});

test('undo exchanges an environment that is there in the meantime, so that it can be undone', () => {
  const { create, place, text, at } = home();
  for (const name of ['first', 'second']) {
    create(name);
    if (name === 'first') removeEnvironment({ directory: place, trash: at(NOW) });
  }
  for (const [index, name] of ['first', 'second', 'first'].entries()) {
    const trash = at(NOW + 1 + index);
    undoRemoval(trashEntries(trash)[0] as NonNullable<ReturnType<typeof trashEntries>[number]>, trash);
    expect(text()).toBe(name);
    expect(trashEntries(trash)).toHaveLength(1);
  }
});

test('undo replaces nothing but an environment', () => {
  const { create, place, at, directory } = home();
  create('first');
  const entry = removeEnvironment({ directory: place, trash: at(NOW) });
  mkdirSync(place);
  writeFileSync(join(place, 'mine'), 'text');
  expect(() => undoRemoval(entry as NonNullable<typeof entry>, at(NOW))).toThrow('is not a virtual environment');
  expect(readdirSync(place)).toEqual(['mine']);
  expect(trashEntries(at(NOW))).toHaveLength(1);
  expect(existsSync(directory)).toBe(true);
});

test('after a day it is deleted, and of each place only the latest is kept', () => {
  const { create, place, directory, at } = home();
  for (const name of ['first', 'second']) {
    create(name);
    removeEnvironment({ directory: place, trash: at(NOW) });
  }
  create('other', join(directory, 'other'));
  removeEnvironment({ directory: join(directory, 'other'), trash: at(NOW + 1000) });
  expect(trashEntries(at(NOW + 2000)).map(({ path }) => path)).toEqual([join(directory, 'other'), place]);
  const after = at(NOW + KEPT_FOR_MS + 500);
  expect(trashEntries(after).map(({ path }) => path)).toEqual([join(directory, 'other')]);
  purgeTrash(after);
  const trash = join(directory, '.local/share/vivarium-trash');
  expect(readdirSync(trash)).toHaveLength(1);
  expect(lstatSync(trash).mode & 0o777).toBe(0o700);
});

test('a trash that others may write to is not used', () => {
  const { create, place, directory, at } = home();
  create('first');
  mkdirSync(join(directory, '.local/share/vivarium-trash'), { recursive: true });
  chmodSync(join(directory, '.local/share/vivarium-trash'), 0o777);
  expect(putInTrash({ content: place, path: place, removal: 'remove' }, at(NOW))).toBeUndefined();
  expect(existsSync(place)).toBe(true);
});

test('what is not an environment, a home directory or a repository is never removed', () => {
  const { create, directory, place, at } = home();
  mkdirSync(join(directory, 'data'));
  writeFileSync(join(directory, 'data/file'), '');
  create('in a repository');
  mkdirSync(join(place, '.git'));
  const trash = at(NOW);
  expect(() => removeEnvironment({ directory: join(directory, 'data'), trash })).toThrow('not a virtual environment');
  expect(() => removeEnvironment({ directory: place, trash })).toThrow('root of a repository');
  expect(() => removeEnvironment({ directory: '/', trash })).toThrow('root of a file system');
  expect(existsSync(join(place, 'pyvenv.cfg'))).toBe(true);
});

const shm = '/dev/shm';
const other = existsSync(shm) && statSync(shm).dev !== statSync(tmpdir()).dev ? shm : undefined;

test.skipIf(other === undefined)(
  'what is on another file system than the home directory is kept next to where it was (needs /dev/shm)',
  async () => {
    const { at, create, text, directory } = home();
    const root = mkdtempSync(join(other ?? '', 'vivarium-trash-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const place = join(root, 'env');
    create('first', place);
    const entry = removeEnvironment({ directory: place, trash: at(NOW) });
    expect(existsSync(place)).toBe(false);
    expect(lstatSync(dirname(entry?.content ?? '')).mode & 0o777).toBe(0o700);
    const found = [];
    for await (const one of listEnvironments({ directories: [root], cwd: root, env: {} })) found.push(one);
    expect(found).toEqual([]);
    create('second', place);
    const [latest] = trashEntries(at(NOW));
    expect(latest).toEqual(entry);
    if (latest !== undefined) undoRemoval(latest, at(NOW + 1));
    expect(text(place)).toBe('first');
    // The one that was there is kept in its turn, and nothing is left of the one that was restored.
    expect(readdirSync(root)).toHaveLength(2);
    expect(trashEntries(at(NOW + 1)).map(({ removal }) => removal)).toEqual(['undo']);
    purgeTrash(at(NOW + 2 * KEPT_FOR_MS));
    expect(readdirSync(root)).toEqual(['env']);

    // A note that names something else deletes nothing.
    const forged = removeEnvironment({ directory: place, trash: at(NOW) });
    const note = join(at(NOW).directory ?? '', forged?.id ?? '', 'entry.json');
    writeFileSync(note, readFileSync(note, 'utf8').replace(forged?.content ?? '', join(directory, 'mine')));
    mkdirSync(join(directory, 'mine'));
    expect(trashEntries(at(NOW))).toEqual([]);
    purgeTrash(at(NOW + 2 * KEPT_FOR_MS));
    expect(existsSync(join(directory, 'mine'))).toBe(true);
  },
);
