import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from '@vivarium/environments';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';

const python = anyPython();
const minor = python.version.slice(0, 2).join('.');

describe('an environment of venv', () => {
  test('is recognised with its Python as recorded and as found', () => {
    const { environment } = venv();
    const found = inspect(environment);
    expect(found).toMatchObject({
      createdBy: { tool: 'venv' },
      isComplete: true,
      problems: [],
      layout: { os: 'posix', scripts: 'bin', executable: 'bin/python' },
      python: { state: 'ok', binary: { format: 'elf' } },
    });
    expect(found.recorded.version).toBe(python.version.join('.'));
    expect(found.python.version?.startsWith(minor)).toBe(true);
    expect(found.layout.sitePackages).toEqual([`lib/python${minor}/site-packages`]);
  });

  test('has no base once the link leads nowhere', () => {
    const { environment } = venv();
    const link = join(environment, 'bin', 'python');
    rmSync(link);
    symlinkSync('/nowhere/bin/python3', link);
    expect(inspect(environment).problems).toMatchObject([
      { code: 'BASE_NOT_FOUND', message: `${link} leads to /nowhere/bin/python3, which does not exist` },
    ]);
  });

  test.each([
    ['is a link to itself', (path: string) => symlinkSync('python', path), 'PYTHON_NOT_USABLE'],
    ['is missing', () => undefined, 'PYTHON_NOT_FOUND'],
    ['is a FIFO', (path: string) => execFileSync('mkfifo', [path]), 'PYTHON_NOT_USABLE'],
    ['has no permission to be executed', (path: string) => writeFileSync(path, ''), 'PYTHON_NOT_USABLE'],
  ])('says that its executable %s', (_, damage, code) => {
    const { environment } = venv();
    for (const name of ['python', 'python3', `python${minor}`]) rmSync(join(environment, 'bin', name));
    damage(join(environment, 'bin', 'python'));
    expect(inspect(environment).problems.map((problem) => problem.code)).toEqual([code]);
  });

  test.each([
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
    ['a gigabyte of zeros', gigabyte],
    ['binary', (path: string) => writeFileSync(path, Buffer.from([0, 1, 2, 255]))],
    ['a loop of links', (path: string) => symlinkSync('pyvenv.cfg', path)],
    ['a directory', (path: string) => mkdirSync(path)],
  ])('survives a pyvenv.cfg that is %s', (_, damage) => {
    const { environment } = venv();
    const file = join(environment, 'pyvenv.cfg');
    rmSync(file);
    damage(file);
    expect(inspect(environment).problems.map((problem) => problem.code)).toContain('CONFIGURATION_NOT_READABLE');
  });

  test('is found through a redirect, relative or absolute', () => {
    const { directory, environment } = venv();
    const file = join(directory, '.venv');
    for (const text of ['environment\n', `${environment}\r\nreserved`, 'environment']) {
      writeFileSync(file, text);
      expect(inspect(file)).toMatchObject({ path: file, directory: environment, isComplete: true });
    }
    writeFileSync(file, 'elsewhere\n');
    expect(inspect(file).problems).toMatchObject([{ code: 'REDIRECT_DANGLING' }]);
    for (const text of ['', '\n', '\xff\xfe', '.venv']) {
      writeFileSync(file, text, 'latin1');
      expect(inspect(file).problems).toMatchObject([{ code: 'REDIRECT_INVALID' }]);
    }
    writeFileSync(join(directory, 'other.venv'), 'environment\n');
    expect(() => inspect(join(directory, 'other.venv'))).toThrow('only a file with the name .venv can name one');
  });

  test('shares what has names elsewhere, and counts each file once', () => {
    const { directory, environment } = venv();
    const before = inspect(environment, { size: true }).size;
    writeFileSync(join(directory, 'cached'), Buffer.alloc(100_000, 1));
    linkSync(join(directory, 'cached'), join(environment, 'one'));
    linkSync(join(directory, 'cached'), join(environment, 'two'));
    writeFileSync(join(environment, 'own'), Buffer.alloc(100_000, 1));
    linkSync(join(environment, 'own'), join(environment, 'again'));
    const after = inspect(environment, { size: true }).size;
    expect(after?.sharedBytes).toBeGreaterThanOrEqual(100_000);
    expect(after?.sharedBytes).toBeLessThan(200_000);
    const own = (after?.ownBytes ?? 0) - (before?.ownBytes ?? 0);
    expect(own).toBeGreaterThanOrEqual(100_000);
    expect(own).toBeLessThan(200_000);
  });

  test('names what runs at start-up, and what is installed', () => {
    const { environment } = venv();
    const packages = join(environment, 'lib', `python${minor}`, 'site-packages');
    writeFileSync(join(packages, 'a.pth'), '# comment\n/opt/source\nimport os\n');
    writeFileSync(join(packages, 'b.start'), 'package.module:function\n');
    mkdirSync(join(packages, 'Some_Thing-1.0.dist-info'));
    writeFileSync(join(packages, 'Some_Thing-1.0.dist-info', 'INSTALLER'), 'pip\n');
    const direct = { url: 'file:///opt/source', dir_info: { editable: true } };
    writeFileSync(join(packages, 'Some_Thing-1.0.dist-info', 'direct_url.json'), JSON.stringify(direct));
    const { startUp, distributions } = inspect(environment);
    expect(startUp.map(({ kind, line }) => [kind, line])).toEqual([
      ['path', '/opt/source'],
      ['import', 'import os'],
      ['start', 'package.module:function'],
    ]);
    expect(distributions).toMatchObject([
      { name: 'Some_Thing', version: '1.0', installer: 'pip', isEditable: true, url: 'file:///opt/source' },
    ]);
  });
});

describe('who created an environment', () => {
  test.each([
    ['vivarium = 1.0.0\nvirtualenv = 21.0', 'environment', { tool: 'vivarium', version: '1.0.0' }],
    ['uv = 0.13.9', 'environment', { tool: 'uv', version: '0.13.9' }],
    ['virtualenv = 21.15.11', 'pypoetry/virtualenvs/x-abcdefgh-py3.12', { tool: 'virtualenv', manager: 'poetry' }],
    ['virtualenv = 21.15.11', 'pdm/venvs/x-12345678-3.12', { tool: 'virtualenv', manager: 'pdm' }],
    ['virtualenv = 21.15.11', 'hatch/env/virtual/x/y/x', { tool: 'virtualenv', manager: 'hatch' }],
    ['include-system-site-packages = false', 'environment', { tool: 'venv' }],
    ['', 'environment', { tool: 'unknown' }],
  ])('is told by %j in %s', (text, path, expected) => {
    const root = join(temporaryDirectory(), path);
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'pyvenv.cfg'), `home = /usr/bin\n${text}\n`);
    expect(inspect(root).createdBy).toMatchObject(expected);
  });

  test('is pipx by its metadata, and conda by its own', () => {
    const root = temporaryDirectory();
    writeFileSync(join(root, 'pyvenv.cfg'), 'home = /usr/bin\ninclude-system-site-packages = false\n');
    writeFileSync(join(root, 'pipx_metadata.json'), '{}');
    expect(inspect(root).createdBy).toEqual({ tool: 'venv', manager: 'pipx' });
    const conda = temporaryDirectory();
    mkdirSync(join(conda, 'conda-meta'));
    writeFileSync(join(conda, 'conda-meta', 'python-3.12.4-h99999_0.json'), '{}');
    expect(inspect(conda)).toMatchObject({ createdBy: { tool: 'conda' }, recorded: { version: '3.12.4' } });
  });
});

describe('what is not an environment', () => {
  test('is refused with what is there', () => {
    const root = temporaryDirectory();
    const file = join(root, 'file');
    writeFileSync(file, 'text');
    for (const path of [root, file, join(root, 'missing'), join(file, 'below')]) {
      expect(() => inspect(path)).toThrow(expect.objectContaining({ code: 'ENVIRONMENT_NOT_FOUND' }));
    }
  });

  test.skipIf(process.getuid?.() === 0)('says so where it may not be looked at', () => {
    const root = temporaryDirectory();
    chmodSync(root, 0);
    onTestFinished(() => chmodSync(root, 0o700));
    expect(() => inspect(root)).toThrow(expect.objectContaining({ code: 'ENVIRONMENT_NOT_READABLE' }));
  });
});

test('ends with an answer or a known error, whatever is in pyvenv.cfg', () => {
  const root = temporaryDirectory();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 60 }), (bytes, home) => {
      writeFileSync(join(root, 'pyvenv.cfg'), Buffer.concat([Buffer.from(`home = ${home}\n`), bytes]));
      const { problems, isComplete } = inspect(root, { size: true });
      expect(isComplete).toBe(problems.length === 0);
    }),
    { numRuns: 200 },
  );
});

/** An environment of `venv` without pip, in a directory of the test's own. */
function venv(): { readonly directory: string; readonly environment: string } {
  const directory = temporaryDirectory();
  const environment = join(directory, 'environment');
  execFileSync(python.executable, ['-m', 'venv', '--without-pip', environment]);
  return { directory, environment };
}

/** Takes up no room on the disk. */
function gigabyte(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 2 ** 30);
}
