import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '@vivarium/environments';
import { INSTALLED_PYTHONS_3, type InstalledPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { describe, expect, test } from 'vitest';
import { createEnvironment } from 'vivarium';
import { repairEnvironment } from '../src/environments/repair.ts';

// Every finding is found and repaired in `e2e/test/life`; here is what a repair decides by itself.

const supported = INSTALLED_PYTHONS_3.filter(({ version: [, minor] }) => minor >= 11 && minor <= 13);
const pythons = supported.slice(-1);

interface Sandbox {
  readonly root: string;
  readonly environment: string;
  readonly python: InstalledPython;
  readonly env: Readonly<Record<string, string | undefined>>;
}

describe('files of packages', () => {
  const [python] = pythons;
  test.skipIf(python === undefined)(
    'are restored from the cache by their hash, and otherwise named with the command',
    async () => {
      if (python === undefined) return;
      const sandbox = newSandbox(python);
      await create(sandbox);
      install(sandbox.environment);
      const pip = join(sitePackages(sandbox.environment), 'pip');
      const text = readFileSync(join(pip, '__main__.py'), 'utf8');
      rmSync(join(pip, '__main__.py'));
      rmSync(join(pip, '__init__.py'));
      writeFileSync(join(pip, '__init__.py'), 'changed');
      rmSync(join(sitePackages(sandbox.environment), 'example.py'));
      expect(diagnose(sandbox.environment).findings.map(({ code }) => code)).toEqual([
        ...['PACKAGE_FILE_MISSING', 'PACKAGE_FILE_MISSING', 'PACKAGE_FILE_CHANGED'],
      ]);
      const dry = await repairEnvironment({ ...request(sandbox, sandbox.environment), dryRun: true });
      expect(dry.repair.fixes).toContain('PACKAGE_FILE_CHANGED');
      expect(diagnose(sandbox.environment).findings).toEqual(dry.diagnosis.findings);
      const { remaining, skipped } = await repairEnvironment(request(sandbox, sandbox.environment));
      expect(readFileSync(join(pip, '__main__.py'), 'utf8')).toBe(text);
      expect(remaining).toMatchObject([
        { code: 'PACKAGE_FILE_MISSING', paths: [expect.stringMatching(/example\.py$/)] },
      ]);
      expect(skipped).toMatchObject([
        { reason: expect.stringContaining('pip install --force-reinstall --no-deps example==1.0') },
      ]);
    },
  );

  test.skipIf(python === undefined)('are not repaired by another minor version of Python', async () => {
    if (python === undefined) return;
    const sandbox = newSandbox(python);
    await create(sandbox);
    relink(sandbox, '/nowhere/bin/python3');
    edit(join(sandbox.environment, 'pyvenv.cfg'), (text) => text.replaceAll(/\b3\.\d+(?=\.\d+)/g, '3.99'));
    renameSync(
      join(sandbox.environment, 'lib', readdirSync(join(sandbox.environment, 'lib'))[0] ?? ''),
      join(sandbox.environment, 'lib', 'python3.99'),
    );
    const { repair, skipped } = await repairEnvironment(request(sandbox, sandbox.environment));
    expect(repair.changes).toBeUndefined();
    expect(skipped).toMatchObject([
      { code: 'BASE_NOT_FOUND', reason: expect.stringContaining('no Python is found for it') },
    ]);
  });
});

test('another minor version is used when it is asked for, and what is installed is installed again', async () => {
  const [python] = supported;
  const other = python === undefined ? undefined : otherThan(python);
  if (python === undefined || other === undefined) return;
  const sandbox = newSandbox(python);
  await create(sandbox);
  const { remaining } = await repairEnvironment({ ...request(sandbox, sandbox.environment), python: other.executable });
  expect(remaining).toEqual([]);
  expect(diagnose(sandbox.environment).inspection.python.version).toContain(other.version.slice(0, 2).join('.'));
});

function newSandbox(python: InstalledPython): Sandbox {
  const root = temporaryDirectory();
  const env = { ...process.env, VIVARIUM_APP_DATA: join(root, 'cache'), VIVARIUM_COMPILE_SEEDS: 'never' };
  return { root, environment: join(root, 'environment'), python, env };
}

async function create({ environment, python, env }: Sandbox): Promise<void> {
  await createEnvironment({ destination: environment, python: python.executable, env, readConfiguration: true });
}

function request({ env }: Sandbox, path: string) {
  const signal = new AbortController().signal;
  return { path, dryRun: false, env, cwd: '/', signal, warn: () => undefined, debug: () => undefined };
}

function sitePackages(environment: string): string {
  const [library = ''] = readdirSync(join(environment, 'lib')).filter((name) => name.startsWith('python'));
  return join(environment, 'lib', library, 'site-packages');
}

/** A package as an installer leaves it: a module, a command, and a RECORD with their hashes. */
function install(environment: string): void {
  const packages = sitePackages(environment);
  const info = join(packages, 'example-1.0.dist-info');
  mkdirSync(info);
  writeFileSync(join(packages, 'example.py'), 'import sys\n\n\ndef main():\n    print(sys.prefix)\n');
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: example\nVersion: 1.0\n');
  const command = join(environment, 'bin', 'example');
  writeFileSync(command, `#!${join(environment, 'bin', 'python')}\nfrom example import main\n\nmain()\n`);
  chmodSync(command, 0o755);
  writeFileSync(join(info, 'RECORD'), '');
  rehash(environment);
}

function rehash(environment: string): void {
  const packages = sitePackages(environment);
  const names = ['example.py', 'example-1.0.dist-info/METADATA', '../../../bin/example'];
  const lines = names.map((name) => `${name},${hashOf(join(packages, name))}`);
  writeFileSync(
    join(packages, 'example-1.0.dist-info', 'RECORD'),
    [...lines, 'example-1.0.dist-info/RECORD,,', ''].join('\n'),
  );
}

function hashOf(file: string): string {
  const bytes = readFileSync(file);
  return `sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}`;
}

function relink({ environment }: Sandbox, target: string): void {
  const bin = join(environment, 'bin');
  const link = join(bin, 'python');
  // `venv` and others may have the link to the base under another name, with `python` leading to it.
  for (const name of readdirSync(bin).filter((one) => /^python[\d.]*$/.test(one))) {
    rmSync(join(bin, name));
    if (name !== 'python') symlinkSync('python', join(bin, name));
  }
  symlinkSync(target, link);
}

function otherThan({ version }: InstalledPython): InstalledPython {
  const other = supported.findLast((one) => one.version[1] !== version[1]);
  if (other === undefined) throw new Error('This test takes two Pythons of 3.11 to 3.13');
  return other;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
