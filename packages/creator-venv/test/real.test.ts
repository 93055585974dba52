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
import { makeEnvironment, probe } from '@vivarium/test-utils/create-environment';
import { furtherPythons, SYSTEM_PYTHON, wantedPython } from '@vivarium/test-utils/pythons';
import { runPython } from '@vivarium/test-utils/run-python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let directory: string;

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-venv-')));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function prefixes(root: string): string {
  return runPython(join(root, 'bin', 'python'), ['-c', 'import sys, ssl; print(sys.prefix, sys.base_prefix)']).trim();
}

// The oldest, one with the distutils hook, the newest, and the distribution's own.
const pythons = [...['3.6.15', '3.9.18', '3.13.0'].map(wantedPython), SYSTEM_PYTHON, ...furtherPythons(/^\d/)];

describe.each(pythons)('the venv of $name', ({ executable, isMissing }) => {
  test.skipIf(isMissing).each([false, true])('creates an environment (copies: %s)', async (copies) => {
    const interpreter = await probe(executable);
    const destination = join(directory, `of${executable.replaceAll('/', '-')} ${copies}`);
    await makeEnvironment({ creator, interpreter, destination, copies });
    expect(prefixes(destination)).toBe(`${destination} ${interpreter.basePrefix}`);
    expect(lstatSync(join(destination, 'bin', 'python3')).isSymbolicLink()).toBe(!copies);
    // Its own scripts are for the place where it was created. `𝜋thon` is what the venv of 3.14 calls its Python too.
    expect(readdirSync(join(destination, 'bin')).filter((name) => !/^(python|𝜋thon$)/u.test(name))).toEqual([]);
    expect(readFileSync(join(destination, '.gitignore'), 'utf8')).toContain('Created by vivarium');
    expect(readFileSync(join(destination, 'pyvenv.cfg'), 'utf8')).toContain('vivarium = 0.0.0\n');
  });
});

const python = wantedPython('3.13.0');

test.skipIf(python.isMissing)('brings an environment whose base is gone back to life', async () => {
  const destination = join(directory, 'dead');
  const request = { creator, interpreter: await probe(python.executable), destination };
  await makeEnvironment(request);
  unlinkSync(join(destination, 'bin', 'python'));
  symlinkSync('/nowhere/bin/python', join(destination, 'bin', 'python'));
  await makeEnvironment(request);
  expect(prefixes(destination)).toContain(destination);
});

test.skipIf(SYSTEM_PYTHON.isMissing)('shows what a venv that fails has to say, and leaves nothing', async () => {
  const destination = join(directory, 'failed');
  const interpreter = await probe('/usr/bin/python3');
  // Of this version it is not, and its venv does not know what that of this version would be asked.
  const mistaken = { ...interpreter, version: { ...interpreter.version, minor: 13 } };
  const attempt = makeEnvironment({ creator, interpreter: mistaken, destination });
  await expect(attempt).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    hint: expect.stringContaining('--without-scm-ignore-files'),
  });
  expect(existsSync(destination)).toBe(false);
});
