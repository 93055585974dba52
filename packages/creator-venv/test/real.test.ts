import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import creator from '@vivarium/creator-venv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './make-environment.ts';
import { isMissing, PYTHONS, pyenvPython, run } from './pythons.ts';

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-venv-')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function prefixes(root: string): string {
  return run(join(root, 'bin', 'python'), ['-c', 'import sys, ssl; print(sys.prefix, sys.base_prefix)']).trim();
}

describe.each(PYTHONS)('the venv of %s', (python) => {
  test.skipIf(isMissing(python)).each([false, true])('makes an environment (copies: %s)', async (copies) => {
    const interpreter = await probe(python, folder);
    const destination = join(folder, `of${python.replaceAll('/', '-')} ${copies}`);
    await makeEnvironment({ creator, interpreter, destination, copies });
    expect(prefixes(destination)).toBe(`${destination} ${interpreter.basePrefix}`);
    expect(lstatSync(join(destination, 'bin', 'python3')).isSymbolicLink()).toBe(!copies);
    // Its own scripts are for the place where it was made.
    expect(readdirSync(join(destination, 'bin')).filter((name) => !name.startsWith('python'))).toEqual([]);
    expect(readFileSync(join(destination, '.gitignore'), 'utf8')).toContain('Made by vivarium');
    expect(readFileSync(join(destination, 'pyvenv.cfg'), 'utf8')).toContain('vivarium = 0.0.0\n');
  });
});

const python = pyenvPython('3.13.0');

test.skipIf(isMissing(python))('brings an environment whose base is gone back to life', async () => {
  const destination = join(folder, 'dead');
  const wish = { creator, interpreter: await probe(python, folder), destination };
  await makeEnvironment(wish);
  unlinkSync(join(destination, 'bin', 'python'));
  symlinkSync('/nowhere/bin/python', join(destination, 'bin', 'python'));
  await makeEnvironment(wish);
  expect(prefixes(destination)).toContain(destination);
});

test.skipIf(isMissing('/usr/bin/python3'))('shows what a venv that fails has to say, and leaves nothing', async () => {
  const destination = join(folder, 'failed');
  const interpreter = await probe('/usr/bin/python3', folder);
  // Of this version it is not, and its venv does not know what that of this version would be asked.
  const mistaken = { ...interpreter, version: { ...interpreter.version, minor: 13 } };
  const attempt = makeEnvironment({ creator, interpreter: mistaken, destination });
  await expect(attempt).rejects.toMatchObject({
    code: 'RUN_FAILED',
    hint: expect.stringContaining('--without-scm-ignore-files'),
  });
  expect(existsSync(destination)).toBe(false);
});
