import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import creator from '@vivarium/creator-cpython2-posix';
import { lockedWheels, wheelsDirectory } from '@vivarium/seed-wheels';
import { makeEnvironment, probe } from '@vivarium/test-utils/create-environment';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { runPython } from '@vivarium/test-utils/run-python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { executable: PYTHON, isMissing } = wantedPython('2.7.18');

const wheels = ['pip-20.3.4', 'setuptools-44', 'wheel-0.37'].map((start) => {
  const wheel = lockedWheels.find((locked) => locked.file.startsWith(start));
  return join(wheelsDirectory, wheel?.file ?? start);
});
// A build without a network has no wheels.
const hasWheels = wheels.every((wheel) => existsSync(wheel));

describe.skipIf(isMissing || !hasWheels)('pip 20.3.4 in an environment of Python 2.7 (needs the seed wheels)', () => {
  let directory: string;
  let root: string;
  let python: string;

  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-python2-pip-')));
    root = join(directory, 'environment');
    python = join(root, 'bin', 'python');
    await makeEnvironment({ creator, interpreter: await probe(PYTHON), destination: root });
    runPython(python, [join(wheels[0] ?? '', 'pip'), 'install', '--quiet', '--no-index', ...wheels]);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('is in the environment and sees nothing else', () => {
    expect(runPython(join(root, 'bin', 'pip'), ['--version'])).toContain(`pip 20.3.4 from ${root}/lib/python2.7`);
    const names = JSON.parse(runPython(python, ['-m', 'pip', 'list', '--format', 'json'])) as { name: string }[];
    expect(names.map(({ name }) => name).sort()).toEqual(['pip', 'setuptools', 'wheel']);
  });

  test('installs a package with an extension module, a header and a command, and removes it', () => {
    const project = join(directory, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'setup.py'),
      `from setuptools import setup, Extension
setup(name="answer", version="1", py_modules=["ask"], headers=["answer.h"],
      ext_modules=[Extension("answer", ["answer.c"])],
      entry_points={"console_scripts": ["ask = ask:main"]})`,
    );
    writeFileSync(join(project, 'ask.py'), 'def main():\n    import answer\n    print(answer.answer)\n');
    writeFileSync(join(project, 'answer.h'), '#define ANSWER 42\n');
    writeFileSync(
      join(project, 'answer.c'),
      `#include <Python.h>
#include "answer.h"
PyMODINIT_FUNC initanswer(void) {
  PyModule_AddIntConstant(Py_InitModule("answer", NULL), "answer", ANSWER);
}`,
    );
    runPython(python, ['-m', 'pip', 'install', '--quiet', '--no-index', project]);
    expect(runPython(join(root, 'bin', 'ask'), [])).toBe('42\n');
    expect(existsSync(join(root, 'include', 'site', 'python2.7', 'answer', 'answer.h'))).toBe(true);
    runPython(python, ['-m', 'pip', 'uninstall', '--quiet', '--yes', 'answer']);
    expect(existsSync(join(root, 'bin', 'ask'))).toBe(false);
  });

  test('refuses to install for the user, who is not seen here', () => {
    const install = () =>
      runPython(python, ['-m', 'pip', 'install', '--user', '--no-index', '--force-reinstall', wheels[2] ?? '']);
    expect(install).toThrow('User site-packages are not visible in this virtualenv');
  });
});
