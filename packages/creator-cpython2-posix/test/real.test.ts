import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import creator from '@vivarium/creator-cpython2-posix';
import { makeEnvironment, probe } from '@vivarium/test-utils/create-environment';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { runPython } from '@vivarium/test-utils/run-python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { executable: PYTHON, isMissing } = wantedPython('2.7.18');

const description = join(import.meta.dirname, 'describe.py');
const base = dirname(dirname(PYTHON));

let directory: string;
let userBase: string;

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-python2-')));
  userBase = join(directory, 'user');
  mkdirSync(join(userBase, 'lib', 'python2.7', 'site-packages'), { recursive: true });
  writeFileSync(join(userBase, 'lib', 'python2.7', 'site-packages', 'of_user.py'), '');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface EnvironmentRequest {
  readonly copies?: boolean;
  readonly systemSitePackages?: boolean;
}

async function make(name: string, request: EnvironmentRequest = {}): Promise<string> {
  const destination = join(directory, name);
  await makeEnvironment({ creator, interpreter: await probe(PYTHON), destination, ...request });
  return destination;
}

function describePython(root: string, options: readonly string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const text = runPython(join(root, 'bin', 'python'), [...options, description], { variables });
  return JSON.parse(text.replaceAll(root, 'ENV').replaceAll(base, 'BASE').replaceAll(userBase, 'USER'));
}

describe.skipIf(isMissing)('an environment of Python 2.7', () => {
  test.each([{ copies: false }, { copies: true }])('knows its own place and its base ($copies)', async (request) => {
    const root = await make(`plain ${request.copies}`, request);
    expect(describePython(root)).toMatchInlineSnapshot(`
      {
        "base_prefixes": [
          "BASE",
          "BASE",
          "BASE",
        ],
        "executable": "ENV/bin/python",
        "header": [
          "BASE/include/python2.7/pyconfig.h",
          "BASE/include/python2.7/pyconfig.h",
        ],
        "makefile": [
          "BASE/lib/python2.7/config/Makefile",
          "BASE/lib/python2.7/config/Makefile",
        ],
        "no_user_site": 0,
        "os": "BASE/lib/python2.7/os.py",
        "path": [
          "BASE/lib/python27.zip",
          "BASE/lib/python2.7",
          "BASE/lib/python2.7/plat-linux2",
          "BASE/lib/python2.7/lib-tk",
          "BASE/lib/python2.7/lib-old",
          "BASE/lib/python2.7/lib-dynload",
          "ENV/lib/python2.7/site-packages",
        ],
        "paths": {
          "data": "ENV",
          "include": "BASE/include/python2.7",
          "platinclude": "BASE/include/python2.7",
          "platlib": "ENV/lib/python2.7/site-packages",
          "platstdlib": "BASE/lib/python2.7",
          "purelib": "ENV/lib/python2.7/site-packages",
          "scripts": "ENV/bin",
          "stdlib": "BASE/lib/python2.7",
        },
        "prefixes": [
          "ENV",
          "ENV",
        ],
        "python_lib": "ENV/lib/python2.7/site-packages",
        "site": "BASE/lib/python2.7/site.py",
        "site_packages": [
          "ENV/lib/python2.7/site-packages",
          "ENV/lib/site-python",
        ],
        "standard_lib": "BASE/lib/python2.7",
        "user_site": false,
      }
    `);
  });

  test('may be renewed with links after it was made of copies, and the other way', async () => {
    const root = await make('renewed', { copies: true });
    for (const copies of [false, true]) {
      await make('renewed', { copies });
      runPython(join(root, 'bin', 'python'), ['-c', `import ssl, sys; assert sys.prefix == ${JSON.stringify(root)}`]);
    }
  });

  test('starts by each of its names', async () => {
    const root = await make('names');
    const names = readdirSync(join(root, 'bin')).sort();
    expect(names).toEqual(['python', 'python2', 'python2.7']);
    for (const name of names) {
      const prefix = runPython(join(root, 'bin', name), ['-c', 'import sys; print(sys.prefix)']);
      expect(prefix.trim()).toBe(root);
    }
  });

  test('does not see the packages of the base and of the user', async () => {
    const root = await make('isolated');
    const attempt = (name: string) => () =>
      runPython(join(root, 'bin', 'python'), ['-c', `import ${name}`], { variables: { PYTHONUSERBASE: userBase } });
    expect(attempt('pip')).toThrow('No module named pip');
    expect(attempt('of_user')).toThrow('No module named of_user');
  });

  test('sees both when it is told to, after its own', async () => {
    const root = await make('system', { systemSitePackages: true });
    const { path, site_packages, user_site, ...others } = describePython(root, [], { PYTHONUSERBASE: userBase });
    expect(describePython(await make('not system'))).toMatchObject(others);
    expect({ path: path.slice(6), site_packages, user_site }).toEqual({
      path: ['ENV/lib/python2.7/site-packages', 'USER/lib/python2.7/site-packages', 'BASE/lib/python2.7/site-packages'],
      site_packages: [
        'ENV/lib/python2.7/site-packages',
        'ENV/lib/site-python',
        'BASE/lib/python2.7/site-packages',
        'BASE/lib/site-python',
      ],
      user_site: true,
    });
    runPython(join(root, 'bin', 'python'), ['-c', 'import pip, of_user'], { variables: { PYTHONUSERBASE: userBase } });
  });

  test('honours -s, -E, PYTHONPATH and PYTHONHOME', async () => {
    const root = await make('options', { systemSitePackages: true });
    const variables = { PYTHONUSERBASE: userBase };
    expect(describePython(root, ['-s'], variables).path).not.toContain('USER/lib/python2.7/site-packages');
    expect(describePython(root, ['-s'], variables)).toMatchObject({ user_site: false, no_user_site: 1 });
    expect(describePython(root, [], { PYTHONPATH: '/x' }).path[0]).toBe('/x');
    expect(describePython(root, ['-E'], { PYTHONPATH: '/x' }).path).not.toContain('/x');
    const prefix = ['-c', 'import sys; print(sys.prefix)'];
    expect(runPython(join(root, 'bin', 'python'), prefix, { variables: { PYTHONHOME: base } }).trim()).toBe(base);
  });

  test('finds the standard library without site too', async () => {
    const root = await make('without site');
    runPython(join(root, 'bin', 'python'), ['-S', '-c', 'import json, os, ssl, sys; assert "site" not in sys.modules']);
  });

  test('processes path files of its packages while PYTHONPATH names the same directory', async () => {
    const root = await make('path files');
    const packages = join(root, 'lib', 'python2.7', 'site-packages');
    writeFileSync(join(packages, 'mark.pth'), 'import sys; sys.mark = 1\n');
    runPython(join(root, 'bin', 'python'), ['-c', 'import sys; sys.mark'], { variables: { PYTHONPATH: packages } });
  });

  test('is the base of no other one: the Python in it leads to its own base', async () => {
    const root = await make('first');
    const interpreter = await probe(join(root, 'bin', 'python'));
    expect(interpreter.systemExecutable).toBe(PYTHON);
  });

  test('works on when it is moved, or called from elsewhere by a relative path', async () => {
    const root = await make('before');
    const moved = join(directory, 'after');
    renameSync(root, moved);
    const ask = ['-c', 'import sys, json; print(sys.prefix + " " + sys.path[-1])'];
    const answer = runPython('../after/bin/python', ask, { directory: userBase });
    expect(answer.trim()).toBe(`${moved} ${join(moved, 'lib', 'python2.7', 'site-packages')}`);
  });

  test('builds and installs an extension module, with its header in the environment', async () => {
    const root = await make('extension');
    const project = join(directory, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'setup.py'),
      `from distutils.core import setup, Extension
setup(name="answer", version="1", headers=["answer.h"], ext_modules=[Extension("answer", ["answer.c"])])`,
    );
    writeFileSync(join(project, 'answer.h'), '#define ANSWER 42\n');
    writeFileSync(
      join(project, 'answer.c'),
      `#include <Python.h>
#include "answer.h"
PyMODINIT_FUNC initanswer(void) {
  PyModule_AddIntConstant(Py_InitModule("answer", NULL), "answer", ANSWER);
}`,
    );
    runPython(join(root, 'bin', 'python'), ['setup.py', 'install'], { directory: project });
    expect(runPython(join(root, 'bin', 'python'), ['-c', 'import answer; print(answer.answer)'])).toBe('42\n');
    expect(existsSync(join(root, 'include', 'python2.7', 'answer', 'answer.h'))).toBe(true);
  });
});
