import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { formatMinorVersion, type Interpreter, isAtLeast } from '@vivarium/core';
import creator from '@vivarium/creator-cpython-posix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './make-environment.ts';
import { isMissing, PYTHONS, run } from './pythons.ts';

const description = join(import.meta.dirname, 'describe.py');

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-posix-')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What it prints of itself, with the folder of its environment replaced by a word. */
function describePython(root: string, options: readonly string[] = []): unknown {
  const text = run(join(root, 'bin', 'python'), [...options, description]);
  return JSON.parse(text.replaceAll(root, 'ENV'));
}

/** All that lies in an environment: folders end in `/`, links in `@`. What its Python wrote when it ran is left out. */
function inventory(root: string): ReadonlySet<string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => {
    const kind = entry.isSymbolicLink() ? '@' : entry.isDirectory() ? '/' : '';
    return relative(root, join(entry.parentPath, entry.name)) + kind;
  });
  return new Set(entries.filter((entry) => !entry.includes('__pycache__')));
}

/** Activation scripts, which aren't made here, an empty folder for headers, and a name that is a joke of Python 3.14's. */
function isOfNoAccount(entry: string): boolean {
  return /\/activate|^include\/python|^bin\/𝜋thon/i.test(entry);
}

/** What the README lists: what only we have, and what only venv has. */
function expectedDifferences({ version, isDebug, sharedLibrary }: Interpreter, copies: boolean) {
  const name = `python${formatMinorVersion(version)}`;
  return {
    ours: [
      ...(isAtLeast(version, 3, 13) ? [] : ['.gitignore']),
      'CACHEDIR.TAG',
      ...(isAtLeast(version, 3, 9) ? [] : [`bin/${name}${copies ? '' : '@'}`]),
      ...(isDebug ? [`bin/${name}d${copies ? '' : '@'}`] : []),
      ...(copies && sharedLibrary ? [`lib/${sharedLibrary.name}`] : []),
      ...(isAtLeast(version, 3, 10)
        ? []
        : ['pth', 'py'].map((suffix) => `lib/${name}/site-packages/_vivarium_distutils.${suffix}`)),
    ],
    theirs: [],
  };
}

describe.each(PYTHONS)('%s', (python) => {
  describe.skipIf(isMissing(python)).each([
    { copies: false, systemSitePackages: false },
    { copies: true, systemSitePackages: false },
    { copies: false, systemSitePackages: true },
  ])('with copies: $copies, system site-packages: $systemSitePackages', ({ copies, systemSitePackages }) => {
    let interpreter: Interpreter;
    let ours: string;
    let theirs: string;

    beforeAll(async () => {
      const name = `${python.replaceAll('/', '_')} ${copies} ${systemSitePackages}`;
      ours = join(folder, `ours ${name}`);
      theirs = join(folder, `venv ${name}`);
      interpreter = await probe(python, folder);
      await makeEnvironment({ creator, interpreter, destination: ours, copies, systemSitePackages });
      const system = systemSitePackages ? ['--system-site-packages'] : [];
      run(python, ['-m', 'venv', '--without-pip', copies ? '--copies' : '--symlinks', ...system, theirs]);
    });

    test('knows the same of itself as in an environment of venv', () => {
      expect(describePython(ours)).toEqual(describePython(theirs));
    });

    test('starts isolated as in an environment of venv', () => {
      expect(describePython(ours, ['-I'])).toEqual(describePython(theirs, ['-I']));
    });

    test('has the files of an environment of venv and those that the README lists', () => {
      const here = inventory(ours);
      const there = inventory(theirs);
      expect({
        ours: [...here].filter((entry) => !there.has(entry)).sort(),
        theirs: [...there].filter((entry) => !here.has(entry) && !isOfNoAccount(entry)).sort(),
      }).toEqual(expectedDifferences(interpreter, copies));
    });

    test('starts by each of its names', () => {
      const names = executablesOf(ours);
      expect(names).toEqual(expect.arrayContaining([...executablesOf(theirs)]));
      for (const name of names) {
        const prefix = run(join(ours, 'bin', name), ['-c', 'import sys; print(sys.prefix, sys.executable)']);
        expect(prefix.trim()).toBe(`${ours} ${join(ours, 'bin', name)}`);
      }
    });
  });
});

function executablesOf(root: string): readonly string[] {
  return readdirSync(join(root, 'bin')).filter((name) => name.startsWith('python'));
}
