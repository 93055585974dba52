import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Interpreter } from '@vivarium/core';
import creator from '@vivarium/creator-cpython-posix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './make-environment.ts';
import { isMissing, PYENV_PYTHONS, PYTHONS, pyenvPython, run } from './pythons.ts';

const description = join(import.meta.dirname, 'describe.py');

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-behaviour-')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(PYTHONS)('an environment of %s', (python) => {
  describe.skipIf(isMissing(python))('behaves as one of venv', () => {
    let interpreter: Interpreter;
    let ours: string;
    let theirs: string;

    beforeAll(async () => {
      ours = join(folder, `ours${python.replaceAll('/', '-')}`);
      theirs = join(folder, `venv${python.replaceAll('/', '-')}`);
      interpreter = await probe(python, folder);
      await makeEnvironment({ creator, interpreter, destination: ours });
      run(python, ['-m', 'venv', '--without-pip', theirs]);
    });

    const describePython = (root: string, options: readonly string[], variables: NodeJS.ProcessEnv) =>
      JSON.parse(run(join(root, 'bin', 'python'), [...options, description], variables).replaceAll(root, 'ENV'));

    test.each([
      [['-E'], { PYTHONPATH: '/x' }],
      [['-s'], {}],
      [['-S'], {}],
      [[], { PYTHONPATH: '/x:/y' }],
      [[], { PYTHONNOUSERSITE: '1' }],
      [[], { PYTHONHOME: 'BASE' }],
    ])('with the options %j and the variables %j', (options, variables) => {
      const set = { ...variables, ...('PYTHONHOME' in variables ? { PYTHONHOME: interpreter.basePrefix } : {}) };
      expect(describePython(ours, options, set)).toEqual(describePython(theirs, options, set));
    });

    test('when its own venv makes another environment, and when we make one from it', async () => {
      const [nested, made] = [join(ours, 'nested'), join(ours, 'made')];
      run(join(ours, 'bin', 'python'), ['-m', 'venv', '--without-pip', nested]);
      await makeEnvironment({
        creator,
        interpreter: await probe(join(ours, 'bin', 'python'), folder),
        destination: made,
      });
      for (const root of [nested, made]) {
        const prefixes = run(join(root, 'bin', 'python'), ['-c', 'import sys; print(sys.prefix, sys.base_prefix)']);
        expect(prefixes.trim()).toBe(`${root} ${interpreter.basePrefix}`);
      }
    });
  });

  // The headers of a distribution's Python are a package of their own.
  if (PYENV_PYTHONS.includes(python)) {
    test.skipIf(isMissing(python))('builds an extension module and imports it', async () => {
      const root = join(folder, `extension${python.replaceAll('/', '-')}`);
      await makeEnvironment({ creator, interpreter: await probe(python, folder), destination: root });
      const ask =
        'import sysconfig as s; print("\\n".join([s.get_path(n) for n in ("include", "platlib")] + [s.get_config_var("EXT_SUFFIX")]))';
      const [include = '', platlib = '', suffix = ''] = run(join(root, 'bin', 'python'), ['-c', ask]).split('\n');
      const source = join(root, 'answer.c');
      writeFileSync(
        source,
        `#include <Python.h>
        static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", 0, -1, 0};
        PyMODINIT_FUNC PyInit_answer(void) {
          PyObject *made = PyModule_Create(&module);
          PyModule_AddIntConstant(made, "answer", 42);
          return made;
        }`,
      );
      execFileSync('cc', ['-shared', '-fPIC', `-I${include}`, source, '-o', join(platlib, `answer${suffix}`)]);
      expect(run(join(root, 'bin', 'python'), ['-c', 'import answer; print(answer.answer)'])).toBe('42\n');
    });
  }
});

describe('the base', () => {
  const python = pyenvPython('3.12.1');

  test.skipIf(isMissing(python)).each([false, true])(
    'may lie in a folder with a space (copies: %s)',
    async (copies) => {
      const tree = join(folder, `a base, ${copies}`);
      symlinkSync(dirname(dirname(python)), tree);
      const destination = join(folder, `of a base with a space ${copies}`);
      const interpreter = await probe(join(tree, 'bin', 'python'), folder);
      await makeEnvironment({ creator, interpreter, destination, copies });
      const prefixes = run(join(destination, 'bin', 'python'), [
        '-c',
        'import sys, ssl; print(sys.prefix, sys.base_prefix)',
      ]);
      expect(prefixes.trim()).toBe(`${destination} ${tree}`);
    },
  );

  test.skipIf(isMissing(python)).each([false, true])(
    'may be found by a link to its executable alone (copies: %s)',
    async (copies) => {
      const elsewhere = join(folder, `elsewhere ${copies}`);
      mkdirSync(elsewhere);
      symlinkSync(python, join(elsewhere, 'python'));
      const destination = join(folder, `of a link ${copies}`);
      const interpreter = await probe(join(elsewhere, 'python'), folder);
      await makeEnvironment({ creator, interpreter, destination, copies });
      const prefixes = run(join(destination, 'bin', 'python'), [
        '-c',
        'import sys, ssl; print(sys.prefix, sys.base_prefix)',
      ]);
      expect(prefixes.trim()).toBe(`${destination} ${dirname(dirname(python))}`);
    },
  );
});
