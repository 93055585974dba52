import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import creator from '@vivarium/creator-cpython-posix';
import { makeEnvironment, probe } from '@vivarium/test-utils/create-environment';
import { SYSTEM_PYTHON, wantedPython } from '@vivarium/test-utils/pythons';
import { runPython } from '@vivarium/test-utils/run-python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const python = wantedPython('3.12.1');
const base = dirname(dirname(python.executable));

let directory: string;

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium layouts ')));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Creates an environment of an executable, and returns the prefixes that its Python knows. */
async function prefixesOf(executable: string, destination: string, copies = false): Promise<readonly string[]> {
  await makeEnvironment({ creator, interpreter: await probe(executable), destination, copies });
  const code = 'import sys, ssl, ctypes, sqlite3; print(sys.prefix + "\\n" + sys.base_prefix)';
  return runPython(join(destination, 'bin', 'python'), ['-c', code])
    .trim()
    .split('\n');
}

/** A tree of its own with the files of another one: hard links where they can be. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  try {
    execFileSync('cp', ['-al', `${from}/.`, to], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-a', `${from}/.`, to]);
  }
}

describe.each([false, true])('the base (copies: %s)', (copies) => {
  test.skipIf(python.isMissing)('may be in a directory with blanks in its name', async () => {
    const tree = join(directory, `a base, ${copies}`);
    copyTree(base, tree);
    const destination = join(directory, `of a base with blanks ${copies}`);
    expect(await prefixesOf(join(tree, 'bin', 'python3.12'), destination, copies)).toEqual([destination, tree]);
  });

  test.skipIf(python.isMissing)('may be a linked tree, whose path is kept', async () => {
    const tree = join(directory, `linked tree ${copies}`);
    symlinkSync(base, tree);
    const destination = join(directory, `of a linked tree ${copies}`);
    expect(await prefixesOf(join(tree, 'bin', 'python'), destination, copies)).toEqual([destination, tree]);
    expect(readFileSync(join(destination, 'pyvenv.cfg'), 'utf8')).toContain(`home = ${join(tree, 'bin')}\n`);
  });

  test.skipIf(python.isMissing)('is found by a link to its executable alone', async () => {
    const elsewhere = join(directory, `elsewhere ${copies}`);
    mkdirSync(elsewhere);
    symlinkSync(python.executable, join(elsewhere, 'python'));
    const destination = join(directory, `of a link ${copies}`);
    expect(await prefixesOf(join(elsewhere, 'python'), destination, copies)).toEqual([destination, base]);
    expect(readFileSync(join(destination, 'pyvenv.cfg'), 'utf8')).toContain(`home = ${join(base, 'bin')}\n`);
  });

  test.skipIf(SYSTEM_PYTHON.isMissing)('may be the alias of a distribution, which is kept as it is', async () => {
    const destination = join(directory, `of the system ${copies}`);
    expect(await prefixesOf('/usr/bin/python3', destination, copies)).toEqual([destination, '/usr']);
    expect(readFileSync(join(destination, 'pyvenv.cfg'), 'utf8')).toContain('base-executable = /usr/bin/python3\n');
    if (!copies) expect(readlinkSync(join(destination, 'bin', 'python'))).toBe('/usr/bin/python3');
  });

  // As python-build-standalone, which uv installs, and conda build them: a small executable, and all else in a library
  // that it looks for in `../lib`.
  const library = '/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0';
  const canBuild = existsSync(library) && existsSync('/usr/include/python3.11/Python.h');
  test.skipIf(!canBuild)('may look for its library next to itself (needs python3-dev)', async () => {
    const tree = join(directory, `standalone ${copies}`);
    mkdirSync(join(tree, 'bin'), { recursive: true });
    mkdirSync(join(tree, 'lib'));
    execFileSync('cp', [library, join(tree, 'lib')]);
    symlinkSync('/usr/lib/python3.11', join(tree, 'lib', 'python3.11'));
    symlinkSync('python3.11', join(tree, 'bin', 'python3'));
    const source = join(tree, 'main.c');
    writeFileSync(
      source,
      'int Py_BytesMain(int, char **);\nint main(int c, char **v) { return Py_BytesMain(c, v); }\n',
    );
    const executable = join(tree, 'bin', 'python3.11');
    const own = join(tree, 'lib', 'libpython3.11.so.1.0');
    execFileSync('cc', [source, own, '-Wl,-rpath,$ORIGIN/../lib', '-o', executable]);
    const destination = join(directory, `of a standalone ${copies}`);
    expect(await prefixesOf(join(tree, 'bin', 'python3'), destination, copies)).toEqual([destination, tree]);
    const maps =
      'print([line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "/libpython" in line][0])';
    const loaded = runPython(join(destination, 'bin', 'python'), ['-c', maps]).trim();
    expect(loaded).toBe(join(copies ? destination : tree, 'lib', 'libpython3.11.so.1.0'));
    expect(existsSync(join(destination, 'lib', 'libpython3.11.so.1.0'))).toBe(copies);
  });

  test.skipIf(python.isMissing)(
    'is found from an environment that does not know it (sys._base_executable)',
    async () => {
      const tree = join(directory, `forgetful base ${copies}`);
      copyTree(base, tree);
      writeFileSync(
        join(tree, 'lib', 'python3.12', 'site-packages', 'forget.pth'),
        'import sys; del sys._base_executable\n',
      );
      const first = join(directory, `of a forgetful base ${copies}`);
      await prefixesOf(join(tree, 'bin', 'python3'), first, copies);
      // What makes the base forget creates the environment forget, too.
      execFileSync('cp', [
        '-r',
        join(tree, 'lib', 'python3.12', 'site-packages', 'forget.pth'),
        join(first, 'lib', 'python3.12', 'site-packages'),
      ]);
      const second = join(directory, `of one that forgets ${copies}`);
      expect(await prefixesOf(join(first, 'bin', 'python'), second, copies)).toEqual([second, tree]);
    },
  );

  test.skipIf(python.isMissing)('may call itself its own base by a pyvenv.cfg', async () => {
    const tree = join(directory, `own base ${copies}`);
    copyTree(base, tree);
    writeFileSync(join(tree, 'pyvenv.cfg'), `home = ${join(tree, 'bin')}\n`);
    const destination = join(directory, `of its own base ${copies}`);
    expect(await prefixesOf(join(tree, 'bin', 'python3.12'), destination, copies)).toEqual([destination, tree]);
  });
});
