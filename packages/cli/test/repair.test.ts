import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { diagnose, type FindingCode } from '@vivarium/environments';
import { findProgram } from '@vivarium/test-utils/programs';
import { INSTALLED_PYTHONS_3, type InstalledPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { describe, expect, test } from 'vitest';
import { createEnvironment } from 'vivarium';
import { repairEnvironment } from '../src/environments/repair.ts';

const isFull = process.env.VIVARIUM_TEST_MATRIX === 'full';
const supported = INSTALLED_PYTHONS_3.filter(({ version: [, minor] }) => minor >= 11 && minor <= 13);
const pythons = isFull ? supported.slice(-3) : supported.slice(-1);
const uv = findProgram('uv');
const virtualenv = findProgram('virtualenv');

interface Desk {
  readonly root: string;
  readonly environment: string;
  readonly python: InstalledPython;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How each tool creates an environment with a pip that has no known vulnerability, and with a package. */
const TOOLS: Readonly<Record<string, { readonly isMissing: boolean; readonly create: (desk: Desk) => Promise<void> }>> =
  {
    vivarium: {
      isMissing: false,
      create: async ({ environment, python, env }) => {
        await createEnvironment({ destination: environment, python: python.executable, env, readConfiguration: true });
      },
    },
    venv: {
      isMissing: false,
      create: async ({ environment, python }) => {
        execFileSync(python.executable, ['-m', 'venv', '--without-pip', environment]);
      },
    },
    uv: {
      isMissing: !isFull || uv === undefined,
      create: async ({ environment, python }) => {
        execFileSync(uv ?? '', ['venv', '-q', '--offline', '-p', python.executable, environment]);
      },
    },
    virtualenv: {
      isMissing: !isFull || virtualenv === undefined,
      create: async ({ environment, python }) => {
        execFileSync(virtualenv ?? '', ['-q', '--no-seed', '-p', python.executable, environment]);
      },
    },
  };

/** Ways to break an environment, each with what is found then. */
const FAULTS: readonly (readonly [title: string, code: FindingCode, damage: (desk: Desk) => unknown])[] = [
  ['has no pyvenv.cfg', 'CONFIGURATION_NOT_READABLE', ({ environment }) => rmSync(join(environment, 'pyvenv.cfg'))],
  [
    'has a pyvenv.cfg without home',
    'CONFIGURATION_INCOMPLETE',
    ({ environment }) => edit(join(environment, 'pyvenv.cfg'), (text) => text.replace(/^home.*\n/m, '')),
  ],
  ['lost its base', 'BASE_NOT_FOUND', (desk) => relink(desk, '/nowhere/bin/python3')],
  ['leads to another minor version', 'BASE_MISMATCH', (desk) => relink(desk, otherThan(desk.python).executable)],
  [
    'has a base that was upgraded',
    'BASE_REPLACED',
    ({ environment }) =>
      edit(join(environment, 'pyvenv.cfg'), (text) =>
        text.replaceAll(/^(version(?:_info)? = \d+\.\d+)\.\d+/gm, '$1.99'),
      ),
  ],
  ['has no executable', 'PYTHON_NOT_FOUND', (desk) => withoutExecutables(desk)],
  [
    'has an executable that leads to itself',
    'PYTHON_NOT_USABLE',
    (desk) => {
      withoutExecutables(desk);
      symlinkSync('python', join(desk.environment, 'bin', 'python'));
    },
  ],
  [
    'has no site-packages',
    'SITE_PACKAGES_NOT_FOUND',
    ({ environment }) => rmSync(join(environment, 'lib'), { recursive: true }),
  ],
  [
    'was moved',
    'ENVIRONMENT_MOVED',
    ({ environment, root }) => {
      install(environment);
      const moved = join(root, 'else where');
      renameSync(environment, moved);
      return moved;
    },
  ],
  [
    'has a command of another environment',
    'SCRIPT_INTERPRETER_MISMATCH',
    ({ environment }) => {
      install(environment);
      edit(join(environment, 'bin', 'example'), (text) => text.replace(/^#!.*/, '#!/nowhere/bin/python3'));
      rehash(environment);
    },
  ],
  [
    'has two records of a package',
    'PACKAGE_DUPLICATE',
    ({ environment }) => {
      install(environment);
      const packages = sitePackages(environment);
      cpSync(join(packages, 'example-1.0.dist-info'), join(packages, 'example-0.9.dist-info'), { recursive: true });
      edit(join(packages, 'example-0.9.dist-info', 'RECORD'), (text) =>
        text.replace(/^example\.py.*/m, 'example.py,sha256=AAAA,1'),
      );
    },
  ],
  [
    'has what an interrupted pip left',
    'PACKAGE_LEFTOVER',
    ({ environment }) => mkdirSync(join(sitePackages(environment), '~ip')),
  ],
  ['may be written by all', 'FILE_MODE_INVALID', ({ environment }) => chmodSync(sitePackages(environment), 0o777)],
  [
    'has a command that may not be executed',
    'FILE_MODE_INVALID',
    ({ environment }) => {
      install(environment);
      chmodSync(join(environment, 'bin', 'example'), 0o644);
    },
  ],
  [
    'is not ignored',
    'ENVIRONMENT_NOT_IGNORED',
    ({ environment, root }) => {
      mkdirSync(join(root, '.git'));
      rmSync(join(environment, '.gitignore'), { force: true });
    },
  ],
  [
    'has a seed with a known vulnerability',
    'SEED_VULNERABLE',
    ({ environment }) => {
      const old = join(sitePackages(environment), 'setuptools-70.0.dist-info');
      mkdirSync(old);
      writeFileSync(join(old, 'METADATA'), 'Metadata-Version: 2.1\nName: setuptools\nVersion: 70.0\n');
      writeFileSync(join(old, 'RECORD'), 'setuptools-70.0.dist-info/METADATA,,\nsetuptools-70.0.dist-info/RECORD,,\n');
    },
  ],
];

describe.each(Object.entries(TOOLS).filter(([, { isMissing }]) => !isMissing))(
  'an environment of %s',
  (_, { create }) => {
    describe.each(pythons)('of Python $name', (python) => {
      test('has no findings when it is new', async () => {
        const desk = newDesk(python);
        await create(desk);
        expect(diagnose(desk.environment).findings).toEqual([]);
      });

      test.each(FAULTS)('that %s is found, and repaired', async (_title, code, damage) => {
        const desk = newDesk(python);
        await create(desk);
        const moved = damage(desk);
        const environment = typeof moved === 'string' ? moved : desk.environment;
        expect(diagnose(environment).findings.map((finding) => finding.code)).toEqual([code]);
        const dry = await repairEnvironment({ ...request(desk, environment), dryRun: true });
        expect(dry.repair.fixes).toEqual([code]);
        expect(diagnose(environment).findings.map((finding) => finding.code)).toEqual([code]);
        const { remaining, skipped } = await repairEnvironment(request(desk, environment));
        expect({ remaining, skipped }).toEqual({ remaining: [], skipped: [] });
        expect(prefixOf(environment)).toBe(environment);
        if (existsSync(join(environment, 'bin', 'example'))) {
          expect(execFileSync(join(environment, 'bin', 'example'), { encoding: 'utf8' }).trim()).toBe(environment);
        }
      });
    });
  },
);

describe('files of packages', () => {
  const [python] = pythons;
  test.skipIf(python === undefined)(
    'are restored from the cache by their hash, and otherwise named with the command',
    async () => {
      if (python === undefined) return;
      const desk = newDesk(python);
      await TOOLS.vivarium?.create(desk);
      install(desk.environment);
      const pip = join(sitePackages(desk.environment), 'pip');
      const text = readFileSync(join(pip, '__main__.py'), 'utf8');
      rmSync(join(pip, '__main__.py'));
      rmSync(join(pip, '__init__.py'));
      writeFileSync(join(pip, '__init__.py'), 'changed');
      rmSync(join(sitePackages(desk.environment), 'example.py'));
      expect(diagnose(desk.environment).findings.map(({ code }) => code)).toEqual([
        ...['PACKAGE_FILE_MISSING', 'PACKAGE_FILE_MISSING', 'PACKAGE_FILE_CHANGED'],
      ]);
      const { remaining, skipped } = await repairEnvironment(request(desk, desk.environment));
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
    const desk = newDesk(python);
    await TOOLS.venv?.create(desk);
    relink(desk, '/nowhere/bin/python3');
    edit(join(desk.environment, 'pyvenv.cfg'), (text) => text.replaceAll(/\b3\.\d+(?=\.\d+)/g, '3.99'));
    renameSync(
      join(desk.environment, 'lib', readdirSync(join(desk.environment, 'lib'))[0] ?? ''),
      join(desk.environment, 'lib', 'python3.99'),
    );
    const { repair, skipped } = await repairEnvironment(request(desk, desk.environment));
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
  const desk = newDesk(python);
  await TOOLS.vivarium?.create(desk);
  const { remaining } = await repairEnvironment({ ...request(desk, desk.environment), python: other.executable });
  expect(remaining).toEqual([]);
  expect(diagnose(desk.environment).inspection.python.version).toContain(other.version.slice(0, 2).join('.'));
});

function newDesk(python: InstalledPython): Desk {
  const root = temporaryDirectory();
  const env = { ...process.env, VIVARIUM_APP_DATA: join(root, 'cache'), VIVARIUM_COMPILE_SEEDS: 'never' };
  return { root, environment: join(root, 'environment'), python, env };
}

function request({ env }: Desk, path: string) {
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

function relink({ environment }: Desk, target: string): void {
  const bin = join(environment, 'bin');
  const link = join(bin, 'python');
  // `venv` and others may have the link to the base under another name, with `python` leading to it.
  for (const name of readdirSync(bin).filter((one) => /^python[\d.]*$/.test(one))) {
    rmSync(join(bin, name));
    if (name !== 'python') symlinkSync('python', join(bin, name));
  }
  symlinkSync(target, link);
}

function withoutExecutables({ environment }: Desk): void {
  const bin = join(environment, 'bin');
  for (const name of readdirSync(bin).filter((one) => /^python[\d.]*$/.test(one))) rmSync(join(bin, name));
}

function otherThan({ version }: InstalledPython): InstalledPython {
  const other = supported.findLast((one) => one.version[1] !== version[1]);
  if (other === undefined) throw new Error('This test takes two Pythons of 3.11 to 3.13');
  return other;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function prefixOf(environment: string): string {
  const python = join(environment, 'bin', 'python');
  return execFileSync(python, ['-I', '-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim();
}
