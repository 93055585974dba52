import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INSTALLED_PYTHONS_3, sampleOf } from '@vivarium/test-utils/pythons';
import { describe, expect, inject, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

const shim = (): string => join(inject('installation'), 'node_modules/@vivarium/virtualenv/shim');
const HINT = 'python -m pip install virtualenv';

/** A package `virtualenv` as an installer puts it in, with what tools import from it. */
function installReal(directory: string): string {
  const files = {
    'virtualenv/__init__.py':
      'from __future__ import annotations\nfrom .run import cli_run, session_via_cli\n__version__ = "99.0"\n',
    'virtualenv/__main__.py': 'raise SystemExit("the wrong one")\n',
    'virtualenv/run/__init__.py':
      'def cli_run(args): return "real"\ndef session_via_cli(args): return "real session"\n',
    'virtualenv/util/path.py': 'from virtualenv import __version__ as version\n',
    'virtualenv/util/__init__.py': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const pythons = sampleOf(INSTALLED_PYTHONS_3.filter(({ version: [, minor] }) => minor >= 7));

describe.each(pythons)('the Python shim, with Python $name', ({ executable }) => {
  test('passes what is imported through to an installed virtualenv, and stays the command', async () => {
    const sandbox = newSandbox({ PYTHONPATH: shim() });
    const real = installReal(join(sandbox.directory, 'site'));
    const run = (...args: readonly string[]) =>
      sandbox.run('env', `PYTHONPATH=${shim()}:${real}`, 'VIVARIUM_VIRTUALENV=/bin/echo', executable, ...args);
    const code = [
      'import virtualenv.util.path, virtualenv',
      'from virtualenv import cli_run',
      'print(virtualenv.util.path.version, cli_run([]), virtualenv.session_via_cli([]), hasattr(virtualenv, "nothing"))',
    ].join('\n');
    expect(await run('-c', code)).toMatchObject({ stdout: '99.0 real real session False', stderr: '' });
    expect(await run('-m', 'virtualenv', 'env')).toMatchObject({ stdout: 'env', exitCode: 0 });
  });

  test('says what is missing in every form of an import', async () => {
    const sandbox = newSandbox({ PYTHONPATH: shim() });
    // Without what a distribution has installed: Debian has a virtualenv of its own.
    const run = (code: string) => sandbox.run(executable, '-S', '-c', code);
    for (const code of [
      'from virtualenv import cli_run',
      'import virtualenv; virtualenv.session_via_cli',
      'import virtualenv; virtualenv.anything',
      'import virtualenv.util.path',
      'from virtualenv.run import cli_run',
    ]) {
      expect((await run(code)).stderr, code).toContain(HINT);
    }
    const optional = 'try:\n  import virtualenv.run\nexcept ImportError as error: print(type(error).__name__)';
    expect((await run(optional)).stdout).toBe('ModuleNotFoundError');
    expect((await run('import virtualenv; print(virtualenv.__version__)')).stdout).toBe('21.15.11+vivarium');
  });
});
