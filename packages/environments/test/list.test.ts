import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Listed, type ListRequest, listEnvironments } from '@vivarium/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

async function list(
  request: Partial<ListRequest> & { cwd: string },
): Promise<{ listed: Listed[]; isCutShort: boolean }> {
  const listed: Listed[] = [];
  const search = listEnvironments({ env: { HOME: request.cwd }, ...request });
  for (;;) {
    const next = await search.next();
    if (next.done === true) return { listed, ...next.value };
    listed.push(next.value);
  }
}

const pathsOf = (listed: readonly Listed[], root: string): readonly string[] =>
  listed.map((one) => ('inspection' in one ? one.inspection.path : one.path).slice(root.length + 1)).sort();

function environment(path: string): void {
  mkdirSync(join(path, 'bin'), { recursive: true });
  symlinkSync('/usr/bin/env', join(path, 'bin/python'));
  writeFileSync(join(path, 'pyvenv.cfg'), 'home = /usr/bin\nversion = 3.11.2\n');
}

test('environments below a directory are found once each, also by redirects, and not inside of others', async () => {
  const root = realpathSync(temporaryDirectory());
  for (const path of ['a/.venv', 'a/.venv/nested', 'b/c/env', 'node_modules/x/env']) environment(join(root, path));
  mkdirSync(join(root, 'd'));
  writeFileSync(join(root, 'd/.venv'), '../b/c/env\n');
  mkdirSync(join(root, 'e'));
  writeFileSync(join(root, 'e/.venv'), 'gone\n');
  const { listed, isCutShort } = await list({ cwd: root, directories: ['.'] });
  expect(pathsOf(listed, root)).toEqual(['a/.venv', 'b/c/env', 'e/.venv']);
  expect(isCutShort).toBe(false);
});

test('the places of programs are looked at, wherever their variables say they are', async () => {
  const home = realpathSync(temporaryDirectory());
  const places = [
    '.local/share/virtualenvs/x',
    '.cache/pypoetry/virtualenvs/y',
    'work/z',
    '.local/share/hatch/env/virtual/p/h/q',
  ];
  for (const path of places) environment(join(home, path));
  environment(join(home, 'conda'));
  mkdirSync(join(home, '.conda'));
  writeFileSync(join(home, '.conda/environments.txt'), `${home}/conda\n${home}/gone\n`);
  const { listed } = await list({ cwd: home, env: { HOME: home, WORKON_HOME: join(home, 'work') } });
  expect(pathsOf(listed, home)).toEqual([...places, 'conda'].sort());
});

test('a hostile tree ends, and nothing in it is changed', async () => {
  const root = realpathSync(temporaryDirectory());
  environment(join(root, 'env'));
  symlinkSync('..', join(root, 'env/..loop'));
  symlinkSync('.', join(root, 'loop'));
  mkdirSync(join(root, 'fifo'));
  execFileSync('mkfifo', [join(root, 'fifo/.venv'), join(root, 'fifo/pyvenv.cfg')]);
  mkdirSync(join(root, 'binary'));
  writeFileSync(join(root, 'binary/pyvenv.cfg'), Buffer.alloc(1000, 0xff));
  mkdirSync(join(root, 'closed'));
  chmodSync(join(root, 'closed'), 0);
  const before = execFileSync('find', [root, '-printf', '%p %T@ %C@\n'], { encoding: 'utf8' });
  const { listed } = await list({ cwd: root, directories: [root] });
  expect(pathsOf(listed, root)).toEqual(['binary', 'env', 'fifo']);
  expect(execFileSync('find', [root, '-printf', '%p %T@ %C@\n'], { encoding: 'utf8' })).toBe(before);
});

test('a search ends at its limit, and says so', async () => {
  const root = realpathSync(temporaryDirectory());
  for (let index = 0; index < 50; index += 1) mkdirSync(join(root, `d${index}`));
  expect(readdirSync(root)).toHaveLength(50);
  expect((await list({ cwd: root, directories: [root], maxDirectories: 20 })).isCutShort).toBe(true);
  expect((await list({ cwd: root, directories: [root], maxDirectories: 51 })).isCutShort).toBe(false);
});
