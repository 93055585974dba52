import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interpreter } from '@vivarium/core';
import creator from '@vivarium/creator-pypy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './make-environment.ts';

const PYPY = '/usr/bin/pypy3';
const description = join(import.meta.dirname, 'describe.py');

function run(python: string, args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV)/.test(name)));
  return execFileSync(python, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function describePython(root: string, options: readonly string[] = []): unknown {
  return JSON.parse(run(join(root, 'bin', 'python'), [...options, description]).replaceAll(root, 'ENV'));
}

// Debian's `pypy3` and `pypy3-venv` are optional on a developer's machine and a must in CI.
describe.skipIf(!existsSync(PYPY) && process.env.CI !== 'true')('an environment of the PyPy of the system', () => {
  let folder: string;
  let interpreter: Interpreter;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-pypy-')));
    interpreter = await probe(PYPY, folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // With copies, PyPy's own venv takes all of /usr/lib along; the links are what there is to compare with.
  test.each([
    { copies: false, systemSitePackages: false },
    { copies: true, systemSitePackages: false },
    { copies: false, systemSitePackages: true },
  ])('knows the same of itself as in an environment of its venv (%j)', async ({ copies, systemSitePackages }) => {
    const ours = join(folder, `ours ${copies} ${systemSitePackages}`);
    const theirs = join(folder, `venv ${copies} ${systemSitePackages}`);
    await makeEnvironment({ creator, interpreter, destination: ours, copies, systemSitePackages });
    run(PYPY, ['-m', 'venv', '--without-pip', ...(systemSitePackages ? ['--system-site-packages'] : []), theirs]);
    expect(describePython(ours)).toEqual(describePython(theirs));
    expect(describePython(ours, ['-I'])).toEqual(describePython(theirs, ['-I']));
    expect(readdirSync(join(ours, 'lib'))).toEqual(readdirSync(join(theirs, 'lib')));
    const names = readdirSync(join(ours, 'bin'));
    expect(names).toEqual(expect.arrayContaining(readdirSync(join(theirs, 'bin')).filter((name) => /^py/.test(name))));
    for (const name of names) {
      const prefix = run(join(ours, 'bin', name), ['-c', 'import sys, ssl, sqlite3; print(sys.prefix)']);
      expect(prefix.trim()).toBe(ours);
    }
  });

  test('can be the start of another one', async () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    await makeEnvironment({ creator, interpreter, destination: first });
    await makeEnvironment({
      creator,
      interpreter: await probe(join(first, 'bin', 'pypy'), folder),
      destination: second,
    });
    expect(describePython(second)).toEqual(describePython(first));
  });
});
