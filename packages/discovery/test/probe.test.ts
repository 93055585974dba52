import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeInterpreter } from '@vivarium/discovery';
import { INSTALLED_PYTHONS } from '@vivarium/test-utils/pythons';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contextFor, freshDirectory } from './context.ts';
import { file, link, script, withoutRights } from './files.ts';
import { hasSystemPython, needs, python, pythons, systemMinor, systemPython } from './pythons.ts';
import { treeOfPython } from './tree.ts';

const FACTS = `
import json, struct, sys
abiflags = getattr(sys, "abiflags", "")
print(json.dumps([list(sys.version_info), sys.prefix, struct.calcsize("P") * 8, abiflags]))
`;

test('the tests have interpreters to work with', () => {
  expect(INSTALLED_PYTHONS).not.toEqual([]);
});

test.each([...pythons])('Python %s is described as it describes itself', async (version, executable) => {
  const facts = execFileSync(executable, ['-c', FACTS], { encoding: 'utf8' });
  const [info, prefix, bits, abiFlags] = JSON.parse(facts) as [(number | string)[], string, number, string];
  const interpreter = await probeInterpreter(executable, contextFor());
  const minor = version.split('.').slice(0, 2).join('.');
  expect(Object.values(interpreter.version)).toStrictEqual(info);
  expect(interpreter).toMatchObject({
    implementation: 'CPython',
    platform: process.platform,
    os: 'posix',
    bits,
    abiFlags,
    executable,
    systemExecutable: executable,
    realExecutable: join(dirname(executable), `python${minor}`),
    prefix,
    basePrefix: prefix,
    stdlib: join(prefix, 'lib', `python${minor}`),
    scheme: {
      scripts: 'bin',
      purelib: `lib/python${minor}/site-packages`,
      platlib: `lib/python${minor}/site-packages`,
      stdlib: `lib/python${minor}`,
      include: 'include',
    },
    hasVenv: !version.startsWith('2'),
    isExternallyManaged: false,
  });
});

test.skipIf(!hasSystemPython)("Debian's Python is described without Debian's own layout", async () => {
  const interpreter = await probeInterpreter(systemPython, contextFor());
  expect(interpreter.scheme.purelib).toBe(`lib/python${systemMinor}/site-packages`);
  expect(interpreter).toMatchObject({ systemExecutable: systemPython, isExternallyManaged: true });
  // It is linked statically, whatever its build configuration says.
  expect(interpreter.sharedLibrary).toBeUndefined();
});

test.skipIf(!hasSystemPython)("Debian's smallest Python, which lacks most modules, is described as well", async () => {
  const { executable, stdlib } = treeOfPython(join(freshDirectory(), 'tree'));
  const missing = [
    'json',
    'venv',
    'ctypes',
    'logging',
    'email',
    'urllib',
    'unittest',
    'asyncio',
    'distutils',
    'lib-dynload',
  ];
  for (const name of missing) rmSync(join(stdlib, name));
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({
    executable,
    hasVenv: false,
    version: { major: 3 },
    stdlib,
  });
});

// No Python available runs on musl: a real interpreter is shown the libraries of a process that does.
test.skipIf(!hasSystemPython)("a Python that runs on Alpine's C library is told from others", async () => {
  const { executable, stdlib } = treeOfPython(join(freshDirectory(), 'tree'));
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({ libc: 'glibc' });
  const maps = file(
    join(freshDirectory(), 'maps'),
    '7f00-7f01 r-xp 00000000 08:01 77 /usr/lib/libpython3.12.so.1.0\n7f02-7f03 r-xp 00000000 08:01 78 /lib/ld-musl-x86_64.so.1\n',
  );
  const show = `import builtins\nreal = builtins.open\nbuiltins.open = lambda path, *rest: real(${JSON.stringify(maps)} if path == "/proc/self/maps" else path, *rest)\n`;
  file(join(stdlib, 'sitecustomize.py'), show);
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({ libc: 'musl' });
});

test('an interpreter that prints and is slow to end is understood', async () => {
  const directory = freshDirectory();
  const wrapper = script(
    join(directory, 'python'),
    `#!/bin/sh\necho '{"version": 1}'; head -c 300000 /dev/zero; echo noise >&2\n${python('3.12')} "$@"\necho more\nsleep 30\n`,
  );
  const started = performance.now();
  const interpreter = await probeInterpreter(wrapper, contextFor());
  expect(interpreter).toMatchObject({ executable: wrapper, systemExecutable: python('3.12') });
  expect(performance.now() - started).toBeLessThan(10_000);
});

describe('a wrapper that changes the name of the process', () => {
  // Where `sys.executable` comes from: the name of the process, looked up on PATH where it is not a path.
  const named = (name: string, target: string): string =>
    script(join(freshDirectory(), 'mine'), `#!/bin/bash\nexec -a ${name} ${target} "$@"\n`);

  needs('3.12').each(['python3', 'python', '"$0"', '/nowhere/python', '/usr/bin/env'])(
    'to %s is described by the Python that runs (needs Python 3.12)',
    async (name) => {
      const other = freshDirectory();
      for (const file of ['python', 'python3']) link(join(other, file), python('3.9'));
      const wrapper = named(name, python('3.12'));
      const context = contextFor({ env: { PATH: `${other}:/usr/bin:/bin` } });
      const interpreter = await probeInterpreter(wrapper, context);
      expect(interpreter).toMatchObject({
        executable: wrapper,
        version: { minor: 12 },
        realExecutable: realpathSync(python('3.12')),
        basePrefix: dirname(dirname(python('3.12'))),
      });
      expect(realpathSync(interpreter.systemExecutable)).toBe(realpathSync(python('3.12')));
    },
  );

  needs('3.12')(
    'is not believed when nothing that it may be is the Python that answered (needs Python 3.12)',
    async () => {
      // The file that runs has no name of a Python, as that of an emulator or a Java has none.
      const directory = freshDirectory();
      const hidden = join(directory, 'hidden');
      copyFileSync(realpathSync(python('3.12')), hidden);
      const lib = link(join(dirname(directory), `${basename(directory)}-lib`), dirname(dirname(python('3.12'))));
      const wrapper = named(join(lib, 'bin/python3'), hidden);
      onTestFinished(() => rmSync(lib));
      const claimed = link(join(directory, 'bin', 'python3'), python('3.9'));
      const liar = named(claimed, hidden);
      expect((await probeInterpreter(wrapper, contextFor())).realExecutable).toBe(realpathSync(python('3.12')));
      await expect(probeInterpreter(liar, contextFor(), 'PATH')).rejects.toMatchObject({
        code: 'PROBE_EXECUTABLE_MISMATCH',
        message: expect.stringContaining(`${liar} (PATH) calls itself ${claimed} and runs ${hidden}`),
        hint: expect.stringContaining('-p'),
      });
    },
  );
});

test('neither variables of Python nor the working directory change the answer', async () => {
  const directory = freshDirectory();
  for (const name of ['json.py', 'sysconfig.py', 'sitecustomize.py'])
    file(join(directory, name), 'raise SystemExit(3)\n');
  const env = {
    PYTHONPATH: directory,
    PYTHONHOME: directory,
    PYTHONINSPECT: '1',
    _PYTHON_HOST_PLATFORM: 'plan9-pdp11',
    _PYTHON_PROJECT_BASE: directory,
    __PYVENV_LAUNCHER__: '/nowhere/python',
  };
  for (const minor of ['2.7', '3.6', '3.12']) {
    const plain = await probeInterpreter(python(minor), contextFor());
    expect(await probeInterpreter(python(minor), contextFor({ env, cwd: directory }))).toStrictEqual(plain);
  }
});

test('what an active environment has set for Tcl does not get into an answer that is remembered', async () => {
  const wrapper = script(
    join(freshDirectory(), 'python'),
    `#!/bin/sh\n[ -z "$TCL_LIBRARY$TK_LIBRARY" ] || exit 3\nexec ${python('3.12')} "$@"\n`,
  );
  const env = { TCL_LIBRARY: '/nowhere/tcl8.6', TK_LIBRARY: '/nowhere/tk8.6' };
  expect(await probeInterpreter(wrapper, contextFor({ env }))).toMatchObject({ version: { minor: 12 } });
});

test.each(['C', 'C.UTF-8', 'POSIX'])('a path that is not ASCII is understood in the locale %s', async (locale) => {
  const directory = join(freshDirectory(), 'naïve ☃ "directory" 🐍');
  for (const minor of ['2.7', '3.6', '3.13']) {
    // A copied environment of 3.6 shows its prefix; the others show what they are started by.
    const path = script(join(directory, `python${minor}`), `#!/bin/sh\nexec ${python(minor)} "$@"\n`);
    const { executable, prefix } = await probeInterpreter(path, contextFor({ env: { LC_ALL: locale } }));
    expect([executable, prefix]).toStrictEqual([path, dirname(dirname(python(minor)))]);
  }
  execFileSync(python('3.6'), ['-m', 'venv', '--without-pip', join(directory, 'é')]);
  const inside = await probeInterpreter(join(directory, 'é/bin/python'), contextFor({ env: { LC_ALL: locale } }));
  expect(inside.prefix).toBe(join(directory, 'é'));
});

describe('what is not a Python gives an error that names it and where it was found', () => {
  const cases: [string, string, string, RegExp][] = [
    ['crashes', '#!/bin/sh\necho "no libc here" >&2; exit 3\n', 'PROBE_FAILED', /exited with code 3 .*: no libc here$/],
    ['is killed', '#!/bin/sh\nkill -SEGV $$\n', 'PROBE_FAILED', /was ended by SIGSEGV/],
    ['prints its arguments', '#!/bin/sh\necho "$@"\n', 'PROBE_ANSWER_INVALID', /does not answer as a Python does/],
    ['prints nothing', '#!/bin/sh\n', 'PROBE_ANSWER_INVALID', /does not answer as a Python does/],
    ['prints without end', '#!/bin/sh\nexec /usr/bin/yes\n', 'PROBE_ANSWER_INVALID', /prints without end/],
    ['has no interpreter', '#!/nowhere/sh\n', 'PROBE_NOT_STARTED', /the program that is to run it does not exist/],
  ];
  test.each(cases)('one that %s', async (_, text, code, message) => {
    const path = script(join(freshDirectory(), 'python3'), text);
    const error = await probeInterpreter(path, contextFor(), 'PATH').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, exitCode: 1, message: expect.stringMatching(message) });
    expect((error as Error).message).toContain(`${path} (PATH)`);
  });

  test('one that misses its shared library, with the variable that helps', async () => {
    const loader = 'error while loading shared libraries: libpython3.12.so.1.0: cannot open shared object file';
    const path = script(join(freshDirectory(), 'python3'), `#!/bin/sh\necho "$0: ${loader}" >&2\nexit 127\n`);
    await expect(probeInterpreter(path, contextFor())).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      hint: expect.stringMatching(/^Add the directory of libpython3\.12\.so\.1\.0 to (DY)?LD_LIBRARY_PATH/),
    });
  });

  test('one that may not be executed', async () => {
    const path = file(join(freshDirectory(), 'python3'), '#!/bin/sh\n');
    chmodSync(path, 0o644);
    await expect(probeInterpreter(path, contextFor())).rejects.toMatchObject({
      code: 'PROBE_NOT_STARTED',
      message: `${path} (given by path) can't be started: it may not be executed`,
    });
  });

  test('one whose path is not a path that there could be', async () => {
    const long = join(freshDirectory(), 'x'.repeat(300));
    await expect(probeInterpreter(long, contextFor())).rejects.toMatchObject({
      code: 'PROBE_NOT_STARTED',
      message: `${long} (given by path) can't be started: no file can have so long a name`,
    });
    const inFile = join(file(join(freshDirectory(), 'file'), ''), 'python3');
    await expect(probeInterpreter(inFile, contextFor())).rejects.toMatchObject({
      message: `${inFile} (given by path) can't be started: no such file exists`,
    });
  });

  test('one in a directory that may not be entered', async () => {
    const directory = freshDirectory();
    const path = script(join(directory, 'bin', 'python3'), '#!/bin/sh\n');
    chmodSync(join(directory, 'bin'), 0);
    const context = contextFor();
    await expect(withoutRights(() => probeInterpreter(path, context))).rejects.toMatchObject({
      code: 'PROBE_NOT_STARTED',
      message: `${path} (given by path) can't be started: it may not be executed`,
    });
  });

  test('an answer with a part missing', async () => {
    const path = script(
      join(freshDirectory(), 'python3'),
      `#!${python('3.12')}\nimport sys\nprint(sys.argv[-2][::-1] + '{"implementation": "x"}' + sys.argv[-1][::-1])\n`,
    );
    await expect(probeInterpreter(path, contextFor())).rejects.toMatchObject({
      code: 'PROBE_ANSWER_INVALID',
      message: expect.stringMatching(/answers wrongly: `\w+` is undefined$/),
    });
  });
});

describe('one that hangs', () => {
  const limit = { VIVARIUM_DISCOVERY_TIMEOUT: '0.7', PY_DISCOVERY_TIMEOUT: '600' };

  test('is ended at the time limit, with all that it started', async () => {
    const directory = freshDirectory();
    const late = join(directory, 'late');
    const path = script(join(directory, 'python3'), `#!/bin/sh\n(sleep 1.5; echo > ${late}) &\nsleep 62\n`);
    const started = performance.now();
    await expect(
      probeInterpreter(path, contextFor({ env: { ...limit, PATH: '/usr/bin:/bin' } })),
    ).rejects.toMatchObject({
      code: 'PROBE_TIMED_OUT',
      message: `${path} (given by path) timed out after 0.7 s while being probed`,
      hint: expect.stringContaining('VIVARIUM_DISCOVERY_TIMEOUT'),
    });
    expect(performance.now() - started).toBeLessThan(5000);
    await sleep(1200);
    expect(existsSync(late)).toBe(false);
  });

  test('only through a grandchild that keeps its output open does not hang us', async () => {
    const path = script(join(freshDirectory(), 'python3'), '#!/bin/sh\nsleep 63 &\nexit 4\n');
    const started = performance.now();
    await expect(probeInterpreter(path, contextFor({ env: { PATH: '/usr/bin:/bin' } }))).rejects.toMatchObject({
      code: 'PROBE_FAILED',
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('is ended when the run is interrupted', async () => {
    const path = script(join(freshDirectory(), 'python3'), '#!/bin/sh\nsleep 64\n');
    const interrupt = new AbortController();
    const context = contextFor({ env: { PATH: '/usr/bin:/bin' }, signal: interrupt.signal });
    const answer = probeInterpreter(path, context);
    setTimeout(() => interrupt.abort(new Error('stop')), 200);
    await expect(answer).rejects.toThrow('stop');
  });
});

test.each(['soon', '0', '-1', '1e9', 'NaN'])('the time limit %j is refused', async (value) => {
  for (const variable of ['VIVARIUM_DISCOVERY_TIMEOUT', 'PY_DISCOVERY_TIMEOUT']) {
    await expect(probeInterpreter(systemPython, contextFor({ env: { [variable]: value } }))).rejects.toMatchObject({
      code: 'TIME_LIMIT_INVALID',
      source: variable,
      exitCode: 2,
    });
  }
});

test('an alias of Windows that opens the Store is told without starting it', async () => {
  const redirector =
    'C:\\Program Files\\WindowsApps\\Microsoft.DesktopAppInstaller_1\\AppInstallerPythonRedirector.exe';
  const alias = link(join(freshDirectory(), 'Microsoft', 'WindowsApps', 'python3.exe'), redirector);
  await expect(probeInterpreter(alias, contextFor(), 'PATH')).rejects.toMatchObject({
    code: 'INTERPRETER_NOT_INSTALLED',
    hint: expect.stringContaining('switch off the alias python3.exe'),
  });
});
