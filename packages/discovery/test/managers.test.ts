import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { contextFor, find, freshDirectory, type TestContext } from './context.ts';
import { file, installation, link, script } from './files.ts';
import { python } from './pythons.ts';

const SHIM = '#!/bin/sh\necho "the shim was started" >&2\nexit 9\n';
let home: string;
beforeEach(() => {
  home = freshDirectory();
});

async function minorOf(context: TestContext, ...specs: string[]): Promise<string> {
  const { interpreter, source } = await find(context, ...specs);
  return `${interpreter.version.major}.${interpreter.version.minor} ${source}`;
}

describe('pyenv', () => {
  let root: string;
  beforeEach(() => {
    root = join(home, 'a pyenv');
    for (const minor of ['2.7', '3.9', '3.10', '3.11', '3.12'])
      installation(join(root, 'versions', `${minor}.1`), python(minor));
    link(join(root, 'versions', '3.9.1', 'bin', 'python3.9'), python('3.9'));
    for (const name of ['python', 'python3', 'python3.9', 'python3.10']) script(join(root, 'shims', name), SHIM);
    file(join(root, 'version'), '3.9.1\n');
  });
  const withShims = (env: Record<string, string> = {}, cwd = home): TestContext =>
    contextFor({ env: { HOME: home, PATH: join(root, 'shims'), ...env }, cwd });

  test('the global version is what a shim stands for', async () => {
    expect(await minorOf(withShims())).toBe('3.9 pyenv');
    expect(await minorOf(withShims(), 'python3.9')).toBe('3.9 pyenv');
    expect((await find(withShims())).interpreter.executable).toBe(join(root, 'versions/3.9.1/bin/python3'));
  });

  test('PYENV_VERSION beats a file, and the nearest file beats those above it and the global one', async () => {
    const inner = join(home, 'project', 'src', 'deep');
    const pinned = join(home, 'project');
    file(join(home, 'project', '.python-version'), '# ours\r\n\r\n3.10.1\r\n');
    file(join(home, 'project', 'src', 'other'), '');
    file(join(inner, 'file'), '');
    expect(await minorOf(withShims({}, inner))).toBe(`3.10 ${pinned}/.python-version`);
    file(join(home, 'project', 'src', '.python-version'), '3.11.1 and more words\n');
    expect(await minorOf(withShims({}, inner))).toBe(`3.11 ${pinned}/src/.python-version`);
    expect(await minorOf(withShims({ PYENV_VERSION: '3.12.1' }, inner))).toBe('3.12 PYENV_VERSION');
    expect(await minorOf(withShims({ PYENV_VERSION: '' }, inner))).toBe(`3.11 ${pinned}/src/.python-version`);
  });

  test('a shim follows the working directory too, when a version is asked for by number', async () => {
    file(join(home, '.python-version'), '3.10.1\n3.12.1\n');
    expect(await minorOf(withShims(), '3')).toBe('3.10 pyenv');
    expect((await find(withShims(), 'python3')).interpreter.executable).toBe(join(root, 'versions/3.10.1/bin/python3'));
  });

  test.each([
    ['3.12', '3.12'],
    ['python-3.12', '3.12'],
    ['3', '3.12'],
    ['2', '2.7'],
  ])('the version %s means the newest release of it', async (version, expected) => {
    expect(await minorOf(withShims({ PYENV_VERSION: version }))).toBe(`${expected} PYENV_VERSION`);
  });

  test('what is installed is found whether it is active or not, and without any shim on PATH', async () => {
    expect(await minorOf(withShims(), '3.12')).toBe('3.12 pyenv');
    const noShims = contextFor({ env: { HOME: home, PYENV_ROOT: root } });
    expect(await minorOf(noShims, '3.10')).toBe('3.10 pyenv');
    expect(await minorOf(noShims, '<3.12,>3')).toBe('3.11 pyenv');
    expect(await minorOf(noShims)).toBe('3.12 pyenv');
  });

  test('a version that pyenv lacks is looked for elsewhere, and missed with its file named', async () => {
    const path = freshDirectory();
    link(join(path, 'python3.8'), python('3.8'));
    file(join(home, '.python-version'), '3.8\n');
    expect(await minorOf(withShims({ PATH: `${join(root, 'shims')}:${path}` }))).toBe('3.8 PATH');
    await expect(find(withShims())).rejects.toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      source: join(home, '.python-version'),
      message: expect.stringMatching(/^No Python fits `3.8`\n {2}found instead:\n {4}CPython /),
      hint: expect.stringContaining('.python-version'),
    });
  });

  test('system means what comes after the shims on PATH', async () => {
    const path = freshDirectory();
    link(join(path, 'python3'), python('3.8'));
    const context = withShims({ PYENV_VERSION: 'system', PATH: `${join(root, 'shims')}:${path}` });
    expect(await minorOf(context)).toBe('3.8 PATH');
  });

  test('a file that names a place is not followed, and it is said', async () => {
    script(join(home, 'evil', 'bin', 'python3'), SHIM);
    file(join(home, '.python-version'), '../../evil\n..\n');
    await expect(find(withShims())).rejects.toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      message: expect.stringContaining('`../../evil` is a path, and a file of a project may only name a version'),
      hint: expect.stringContaining('-p or VIVARIUM_PYTHON'),
    });
    file(join(home, '.python-version'), './evil/bin/python3\n3.10\n');
    const noticed: string[] = [];
    expect(await minorOf({ ...withShims(), warn: (message) => noticed.push(message) })).toMatch(/^3\.10 /);
    expect(noticed).toEqual([expect.stringContaining('`./evil/bin/python3` is a path')]);
  });

  // As uv, pyenv and asdf write them, and editors of other systems.
  test.each([
    ['cpython-3.11-linux-any-gnu\n', '3.11'],
    ['>= 3.10, < 3.11\n', '3.10'],
    ['cpython >=3.11  # because of exception groups\n', '3.12'],
    ['# a comment\n\n3.10 # and one more\n', '3.10'],
    ['\ufeff3.10\r\n', '3.10'],
    [Buffer.from('\ufeff3.10\r\n', 'utf16le'), '3.10'],
    [Buffer.from('\ufeff3.10\n', 'utf16le').swap16(), '3.10'],
    ['nothing-like-it\n3.10', '3.10'],
  ])('a version file is understood in the form %j', async (content, minor) => {
    writeFileSync(join(home, '.python-version'), content);
    expect(await minorOf(withShims())).toMatch(new RegExp(`^${minor.replace('.', '\\.')} `));
  });

  test('what is not a regular file is not a version file, and is not waited for', async () => {
    execFileSync('mkfifo', [join(home, '.python-version')]);
    expect(await minorOf(withShims())).toBe('3.9 pyenv');
  });

  test('a file of a project can name no program of the project, which would be started', async () => {
    for (const name of ['evil', 'python3.99-evil', './evil', '>=evil']) {
      const started = join(home, 'started');
      script(join(home, name), `#!/bin/sh\n: > ${started}\n`);
      file(join(home, '.python-version'), `${name}\n`);
      await find(withShims()).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'INTERPRETER_NOT_FOUND', source: join(home, '.python-version') });
      });
      expect(existsSync(started)).toBe(false);
    }
  });

  test('a shim that is given by its path stands for the active version', async () => {
    const { interpreter } = await find(withShims(), join(root, 'shims', 'python3'));
    expect(interpreter.executable).toBe(join(root, 'versions/3.9.1/bin/python3'));
  });

  test('a change of the active version is noticed by the next run', async () => {
    const context = withShims();
    expect(await minorOf(context)).toBe('3.9 pyenv');
    file(join(root, 'version'), '3.11.1\n');
    expect(await minorOf(context)).toBe('3.11 pyenv');
  });
});

describe('asdf', () => {
  let root: string;
  beforeEach(() => {
    root = join(home, '.asdf');
    for (const minor of ['3.9', '3.11']) installation(join(root, 'installs', 'python', `${minor}.1`), python(minor));
    for (const name of ['python', 'python3']) script(join(root, 'shims', name), SHIM);
  });
  const withShims = (env: Record<string, string> = {}): TestContext =>
    contextFor({ env: { HOME: home, PATH: join(root, 'shims'), ...env }, cwd: join(home) });

  test('.tool-versions says what a shim stands for, unless the variable does', async () => {
    file(join(home, '.tool-versions'), 'nodejs 20.1.0\npython 3.9.1 3.11.1 # both\n');
    expect(await minorOf(withShims(), 'python3')).toBe('3.9 asdf');
    expect(await minorOf(withShims({ ASDF_PYTHON_VERSION: '3.11.1' }), 'python3')).toBe('3.11 asdf');
  });

  test('what is installed is found without a version being active', async () => {
    expect(await minorOf(withShims(), '3.9')).toBe('3.9 asdf');
    expect(await minorOf(contextFor({ env: { HOME: home } }))).toBe('3.11 asdf');
  });
});

describe('mise', () => {
  test('a shim is started where only mise can weigh its configuration, and its answer is believed for this once', async () => {
    const root = join(home, '.local', 'share', 'mise');
    installation(join(root, 'installs', 'python', '3.9.1'), python('3.9'));
    script(join(root, 'shims', 'python3'), `#!/bin/sh\nexec ${root}/installs/python/3.9.1/bin/python3 "$@"\n`);
    file(join(home, 'mise.toml'), '[tools]\npython = "3.9"\n');
    const context = contextFor({ env: { HOME: home, PATH: join(root, 'shims') }, cwd: home });
    const { interpreter } = await find(context, 'python3');
    expect(interpreter.executable).toBe(join(root, 'shims', 'python3'));
    expect(interpreter.realExecutable).toContain('python3.9');
  });

  test('its data directory and its variable are honoured', async () => {
    const root = join(home, 'elsewhere', 'mise');
    for (const minor of ['3.9', '3.10']) installation(join(root, 'installs', 'python', `${minor}.1`), python(minor));
    script(join(root, 'shims', 'python3'), SHIM);
    const env = { HOME: home, MISE_DATA_DIR: root, PATH: join(root, 'shims'), MISE_PYTHON_VERSION: '3.9.1' };
    expect(await minorOf(contextFor({ env }), 'python3')).toBe('3.9 mise');
    expect(await minorOf(contextFor({ env }), '3.10')).toBe('3.10 mise');
  });
});

describe('uv', () => {
  test('its Pythons are found by what their directories are called, CPython and the newest first', async () => {
    const shelf = join(home, '.local', 'share', 'uv', 'python');
    const broken = script(join(shelf, 'cpython-3.13.1+freethreaded-linux-x86_64-gnu', 'bin', 'python3'), SHIM);
    installation(join(shelf, 'cpython-3.9.7-linux-x86_64-gnu'), python('3.9'));
    installation(join(shelf, 'cpython-3.12.7-linux-x86_64-gnu'), python('3.12'));
    link(join(shelf, 'cpython-3.12-linux-x86_64-gnu'), join(shelf, 'cpython-3.12.7-linux-x86_64-gnu'));
    script(join(shelf, 'pypy-3.10.14-linux-x86_64-gnu', 'bin', 'pypy3'), SHIM);
    const context = contextFor({ env: { HOME: home } });
    expect(await minorOf(context, '3.9')).toBe('3.9 uv');
    expect(context.debugMessages.join('\n')).not.toContain(broken);
    expect(await minorOf(context, '>=3.8,<3.13')).toBe('3.12 uv');
    expect(await minorOf(context)).toBe('3.12 uv');
  });

  test('its directory can be set', async () => {
    installation(join(home, 'here', 'cpython-3.10.2-linux-x86_64-gnu'), python('3.10'));
    expect(await minorOf(contextFor({ env: { UV_PYTHON_INSTALL_DIR: join(home, 'here') } }))).toBe('3.10 uv');
  });
});
