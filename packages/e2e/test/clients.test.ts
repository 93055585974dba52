import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox, type Sandbox } from './vivarium.ts';

// Programs that no one here wrote, as Debian and pyenv ship them, with our `virtualenv` in their way.

const bin = (): string => join(inject('installation'), 'node_modules/.bin');
const shim = (): string => join(inject('installation'), 'node_modules/@vivarium/virtualenv/shim');
const MADE_HERE = /^virtualenv = 21\.15\.11\+vivarium\./m;

/** A sandbox where `virtualenv`, and `python -m virtualenv`, are ours, and no package comes from an index. */
function sandboxWithOurs(more: Readonly<Record<string, string>> = {}): Sandbox {
  return newSandbox({
    PATH: [bin(), process.env.PATH].join(delimiter),
    PYTHONPATH: shim(),
    PIP_NO_INDEX: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...more,
  });
}

const configurationOf = (directory: string): string => readFileSync(join(directory, 'pyvenv.cfg'), 'utf8');

/** Left out where the set-up could not install it; with `CI` what the set-up installs has to be there. */
function client(name: string, file = name): (title: string, body: () => Promise<void>) => void {
  const isThere = file.startsWith('/') ? existsSync(file) : findProgram(file) !== undefined;
  return (title, body) =>
    isThere || process.env.CI === 'true'
      ? test(`${name} ${title}`, body)
      : test.skip(`${name} ${title} (there is no ${file})`, body);
}

const WRAPPER = '/usr/share/virtualenvwrapper/virtualenvwrapper.sh';

describe('by its name', () => {
  client('virtualenvwrapper', WRAPPER)('makes, enters, lists and removes environments', async () => {
    const sandbox = sandboxWithOurs({ VIRTUALENVWRAPPER_PYTHON: '/usr/bin/python3', WORKON_HOME: 'envs' });
    const script = `
      export WORKON_HOME=$PWD/envs
      . ${WRAPPER} > /dev/null
      mkvirtualenv --system-site-packages -p /usr/bin/python3 'zoo' > made
      echo "entered $VIRTUAL_ENV, $(python -c 'import sys; print(sys.prefix)')"
      deactivate
      echo "left \${VIRTUAL_ENV-}"
      echo "listed $(lsvirtualenv -b)"
      workon zoo > /dev/null
      echo "again $VIRTUAL_ENV"
      deactivate
      mktmpenv -n --no-seed > /dev/null
      echo "temporary $(basename "$VIRTUAL_ENV") $(test -x "$VIRTUAL_ENV/bin/python" && echo works)"
      temporary=$VIRTUAL_ENV
      deactivate > /dev/null
      test -e "$temporary" || echo "temporary one is gone"
      mkvirtualenv -p nosuch bad 2> failure
      echo "failed with $?, $(test -e envs/bad || echo nothing) left"
      cp envs/zoo/pyvenv.cfg .
      rmvirtualenv zoo > /dev/null
      test -e envs/zoo || echo "removed"`;
    const { stdout, stderr } = await sandbox.run('bash', '-c', script);
    expect({ lines: stdout.replaceAll(sandbox.directory, '~').split('\n'), stderr }).toMatchObject({
      lines: [
        'entered ~/envs/zoo, ~/envs/zoo',
        'left ',
        'listed zoo',
        'again ~/envs/zoo',
        expect.stringMatching(/^temporary tmp-[0-9a-f]+ works$/),
        'temporary one is gone',
        'failed with 1, nothing left',
        'removed',
      ],
    });
    expect(readFileSync(join(sandbox.directory, 'made'), 'utf8')).toMatch(/^created virtual environment CPython3/);
    expect(readFileSync(join(sandbox.directory, 'failure'), 'utf8')).toMatch(/^virtualenv: error: .*nosuch/m);
    expect(configurationOf(sandbox.directory)).toMatch(MADE_HERE);
  });

  const pyenv = process.env.PYENV_ROOT ?? '/nowhere';
  client('pyenv-virtualenv', join(pyenv, 'plugins/pyenv-virtualenv/bin/pyenv-virtualenv'))(
    'makes, lists and deletes environments of its versions',
    async () => {
      const sandbox = sandboxWithOurs();
      const version = readdirSync(join(pyenv, 'versions')).find((name) => name.startsWith('3.12.')) ?? '3.12';
      const root = copyOfPyenv(sandbox, pyenv, version);
      const own = {
        PYENV_ROOT: root,
        PATH: [join(root, 'bin'), join(root, 'shims'), sandbox.env.PATH].join(delimiter),
      };
      const start = (...args: readonly string[]) =>
        sandbox.run('env', ...Object.entries(own).map((entry) => entry.join('=')), 'pyenv', ...args);
      const environment = join(root, 'versions', version, 'envs/zoo');

      expect((await start('virtualenv', '--version')).stdout).toMatch(/\(virtualenv virtualenv 21\.15\.11\+vivarium/);
      expect((await start('virtualenv', '--verbose', version, 'zoo')).stdout).toContain(`dest=${environment}`);
      expect(configurationOf(environment)).toMatch(MADE_HERE);
      expect((await start('virtualenvs')).stdout).toContain(`zoo --> ${environment}`);
      const prefix = await sandbox.run(
        'env',
        'PYENV_VERSION=zoo',
        `PYENV_ROOT=${root}`,
        join(root, 'bin/pyenv'),
        'prefix',
      );
      expect(prefix.stdout).toBe(join(root, 'versions/zoo'));
      expect((await sandbox.run(join(environment, 'bin/python'), '-m', 'pip', '--version')).exitCode).toBe(0);
      expect((await start('virtualenv-delete', '-f', 'zoo')).exitCode).toBe(0);
      expect(existsSync(environment)).toBe(false);
    },
  );

  client('dh-virtualenv', 'dh_virtualenv')(
    'creates an environment for another place, where it then works',
    async () => {
      const target = 'opt/venvs';
      const sandbox = sandboxWithOurs();
      const project = join(sandbox.directory, 'project');
      mkdirSync(join(project, 'debian'), { recursive: true });
      writeFileSync(
        join(project, 'debian/control'),
        'Source: zoo\n\nPackage: zoo\nArchitecture: all\nDescription: zoo\n',
      );
      writeFileSync(join(project, 'debian/compat'), '13\n');
      const root = join(sandbox.directory, target);
      const script = `cd project && DH_VIRTUALENV_INSTALL_ROOT=${root} dh_virtualenv --skip-install --python /usr/bin/python3`;
      expect(await sandbox.run('bash', '-c', script)).toMatchObject({ exitCode: 0 });
      const [built, installed] = [join(project, 'debian/zoo', root, 'zoo'), join(root, 'zoo')];
      expect(configurationOf(built)).toMatch(MADE_HERE);
      // Its later releases write the new place over the old one in all activation scripts; this one knows three lines.
      for (const name of readdirSync(join(built, 'bin')).filter((each) => each.startsWith('activate'))) {
        const file = join(built, 'bin', name);
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll(built, installed));
      }
      mkdirSync(root, { recursive: true });
      renameSync(built, installed);
      for (const activation of [
        'bash -c ". bin/activate',
        'fish -c "source bin/activate.fish',
        'tcsh -fc "source bin/activate.csh',
      ]) {
        const { stdout } = await sandbox.run('bash', '-c', `cd ${installed} && ${activation}; pip --version"`);
        expect({ activation, stdout }).toEqual({
          activation,
          stdout: expect.stringContaining(`from ${installed}/lib`),
        });
      }
    },
  );
});

/** A version manager's directory made of links, with ours as the `virtualenv` of one of its Pythons. */
function copyOfPyenv(sandbox: Sandbox, pyenv: string, version: string): string {
  const root = join(sandbox.directory, 'pyenv');
  const link = (from: string, to: string, except: readonly string[]) => {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) if (!except.includes(name)) symlinkSync(join(from, name), join(to, name));
  };
  link(pyenv, root, ['versions', 'shims', 'version', 'cache']);
  const [from, to] = [join(pyenv, 'versions', version), join(root, 'versions', version)];
  link(from, to, ['bin', 'envs']);
  link(join(from, 'bin'), join(to, 'bin'), ['virtualenv']);
  symlinkSync(join(bin(), 'virtualenv'), join(to, 'bin/virtualenv'));
  return root;
}

describe('as a Python module', () => {
  client('nox')('runs sessions in environments, and takes them again', async () => {
    const sandbox = sandboxWithOurs();
    const session = 'def NAME(session):\n    session.run("python", "-c", "import sys; print(sys.prefix)")\n';
    writeFileSync(
      join(sandbox.directory, 'noxfile.py'),
      `import nox\n\n@nox.session\n${session.replace('NAME', 'plain')}\n@nox.session(python="3.11", venv_params=["--no-seed", "--system-site-packages"])\n${session.replace('NAME', 'special')}`,
    );
    const first = await sandbox.run('nox');
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout.split('\n')).toEqual(['plain', 'special'].map((name) => join(sandbox.directory, '.nox', name)));
    expect(configurationOf(join(sandbox.directory, '.nox/plain'))).toMatch(MADE_HERE);
    expect(configurationOf(join(sandbox.directory, '.nox/special'))).toContain('include-system-site-packages = true');
    const second = await sandbox.run('nox', '--reuse-existing-virtualenvs');
    expect(second).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Re-using existing virtual environment'),
    });
  });

  client('tox 3', 'tox')('runs a test environment', async () => {
    const sandbox = sandboxWithOurs();
    const settings = '[tox]\nskipsdist = true\nenvlist = zoo\n[testenv]\nsitepackages = true\nalwayscopy = true\n';
    writeFileSync(
      join(sandbox.directory, 'tox.ini'),
      `${settings}commands = python -c "import sys; print(sys.prefix)"\n`,
    );
    const { exitCode, stdout } = await sandbox.run('tox');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining(`\n${sandbox.directory}/.tox/zoo\n`),
    });
    expect(configurationOf(join(sandbox.directory, '.tox/zoo'))).toMatch(MADE_HERE);
  });

  client('pipenv')('makes a project’s environment and runs in it', async () => {
    const sandbox = sandboxWithOurs({ PIPENV_VENV_IN_PROJECT: '1', PIPENV_YES: '1', CI: '1' });
    writeFileSync(join(sandbox.directory, 'Pipfile'), '[packages]\n');
    const { exitCode, stdout } = await sandbox.run(
      'pipenv',
      '--python',
      '/usr/bin/python3',
      'run',
      'python',
      '-c',
      'import sys; print(sys.prefix)',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: join(sandbox.directory, '.venv') });
    expect(configurationOf(join(sandbox.directory, '.venv'))).toMatch(MADE_HERE);
  });
});
