import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { anyPython, INSTALLED_PYTHONS_3, type InstalledPython } from '@vivarium/test-utils/pythons';
import type { Sandbox } from '../vivarium.ts';

/** Whether everything is tried, as `npm run test:life` does. */
export const isWhole = process.env.VIVARIUM_LIFE === 'all';

/** CPythons whose findings do not depend on the day. */
export const supportedPythons: readonly InstalledPython[] = INSTALLED_PYTHONS_3.filter(
  ({ version: [, minor] }) => minor >= 11 && minor <= 13,
);

/** What an environment is created with. */
interface CreationRequest {
  readonly sandbox: Sandbox;
  /** Absolute, and not there: for the environment, or for a project with one. */
  readonly directory: string;
  /** Absolute. */
  readonly python: string;
}

/** A program that creates environments. */
export interface Creator {
  readonly name: string;
  /** What `doctor` calls who created it, or who keeps it. */
  readonly createdBy: string;
  /** Whether it lets another one create the environment, and keeps it by rules of its own. */
  readonly isKeeper?: boolean;
  /** Whether the environment has a Python of its own, which only its creator can repair. */
  readonly ownsPython?: boolean;
  /** @returns where the environment is */
  readonly create: (request: CreationRequest) => Promise<string>;
}

const vivarium: Creator = {
  name: 'vivarium',
  createdBy: 'vivarium',
  create: async ({ sandbox, directory, python }) => {
    await done(sandbox, 'vivarium', 'create', '-q', '-p', python, directory);
    return directory;
  },
};

const venv: Creator = {
  name: 'venv',
  createdBy: 'venv',
  create: async ({ sandbox, directory, python }) => {
    await done(sandbox, python, '-m', 'venv', '--without-pip', directory);
    return directory;
  },
};

/**
 * What conda creates, where conda itself can't be installed: a prefix with a Python that is no link, and records of what
 * conda has put there. The standard library is linked, to save space.
 */
const condaLike: Creator = {
  name: 'conda-like',
  createdBy: 'conda',
  ownsPython: true,
  create: async ({ directory, python }) => {
    const executable = realpathSync(python);
    const name = basename(executable);
    const library = join(executable, '..', '..', 'lib', name);
    const own = join(directory, 'lib', name);
    for (const path of [join(directory, 'bin'), join(own, 'site-packages'), join(directory, 'conda-meta')]) {
      mkdirSync(path, { recursive: true });
    }
    cpSync(executable, join(directory, 'bin', name));
    for (const other of ['python', 'python3']) symlinkSync(name, join(directory, 'bin', other));
    for (const entry of readdirSync(library).filter((one) => one !== 'site-packages')) {
      symlinkSync(join(library, entry), join(own, entry));
    }
    writeFileSync(
      join(directory, 'conda-meta', 'history'),
      '==> 2026-11-01 12:00:00 <==\n# cmd: conda create -p env\n',
    );
    const version = execFileSync(executable, ['-c', 'import platform; print(platform.python_version())'], {
      encoding: 'utf8',
    }).trim();
    writeFileSync(
      join(directory, 'conda-meta', `python-${version}-h0_0_cpython.json`),
      JSON.stringify({ name: 'python', version, build: 'h0_0_cpython', files: [`bin/${name}`, 'bin/python3'] }),
    );
    return directory;
  },
};

/** The creators that need nothing to be installed. */
export const ownCreators: readonly Creator[] = [vivarium, venv, condaLike];

const tools = mkdtempSync(join(tmpdir(), 'vivarium-life-tools-'));
process.once('exit', () => rmSync(tools, { recursive: true, force: true }));

/** All creators; pip installs the others once. Without an index there are those of Python and ours. */
export function allCreators(): { readonly creators: readonly Creator[]; readonly missing: string | undefined } {
  try {
    const python = supportedPythons.at(-1)?.executable ?? anyPython().executable;
    execFileSync(python, ['-m', 'venv', tools], { stdio: 'ignore' });
    const names = ['virtualenv', 'uv', 'poetry', 'pipx', 'pdm', 'hatch'];
    execFileSync(join(tools, 'bin', 'python'), ['-m', 'pip', 'install', '-q', ...names], { stdio: 'ignore' });
  } catch {
    return { creators: ownCreators, missing: 'virtualenv, uv, Poetry, pipx, PDM and Hatch can not be installed' };
  }
  return { creators: [...ownCreators, ...installedCreators()], missing: undefined };
}

function installedCreators(): readonly Creator[] {
  const bin = (name: string): string => join(tools, 'bin', name);
  return [
    {
      name: 'virtualenv',
      createdBy: 'virtualenv',
      create: async ({ sandbox, directory, python }) => {
        await done(sandbox, bin('virtualenv'), '-q', '--no-seed', '--no-periodic-update', '-p', python, directory);
        return directory;
      },
    },
    {
      name: 'uv',
      createdBy: 'uv',
      create: async ({ sandbox, directory, python }) => {
        await done(sandbox, bin('uv'), 'venv', '-q', '--offline', '--no-config', '-p', python, directory);
        return directory;
      },
    },
    {
      name: 'poetry',
      createdBy: 'poetry',
      isKeeper: true,
      create: async ({ sandbox, directory, python }) => {
        makeProject(directory);
        const words = [
          'POETRY_VIRTUALENVS_IN_PROJECT=true',
          bin('poetry'),
          '-q',
          '-C',
          directory,
          'env',
          'use',
          python,
        ];
        await done(sandbox, 'env', ...words);
        return join(directory, '.venv');
      },
    },
    {
      name: 'pdm',
      createdBy: 'pdm',
      isKeeper: true,
      create: async ({ sandbox, directory, python }) => {
        makeProject(directory);
        const words = [bin('pdm'), 'venv', '-p', directory, 'create', python];
        await done(sandbox, 'env', 'PDM_CHECK_UPDATE=false', ...words);
        const environment = join(directory, '.venv');
        const use = [bin('pdm'), 'use', '-p', directory, '-f', join(environment, 'bin', 'python')];
        await done(sandbox, 'env', 'PDM_CHECK_UPDATE=false', ...use);
        return environment;
      },
    },
    {
      name: 'hatch',
      createdBy: 'hatch',
      isKeeper: true,
      create: async ({ sandbox, directory, python }) => {
        makeProject(directory);
        const hatch = [
          `HATCH_DATA_DIR=${directory}/hatch`,
          `HATCH_PYTHON=${python}`,
          'UV_SYSTEM_CERTS=true',
          bin('hatch'),
        ];
        await done(sandbox, 'env', '-C', directory, ...hatch, '-q', 'env', 'create');
        const found = await sandbox.run('env', '-C', directory, ...hatch, '-q', 'env', 'find');
        return found.stdout.trim();
      },
    },
    {
      name: 'pipx',
      createdBy: 'pipx',
      isKeeper: true,
      create: async ({ sandbox, directory, python }) => {
        const words = [
          `PIPX_HOME=${directory}`,
          `PIPX_BIN_DIR=${directory}/bin`,
          // It installs with the uv next to it, which has certificates of its own.
          'UV_SYSTEM_CERTS=true',
          ...[bin('pipx'), 'install', '-q', '--python', python, 'cowsay'],
        ];
        await done(sandbox, 'env', ...words);
        return join(directory, 'venvs', 'cowsay');
      },
    },
  ];
}

/** A project that consists of nothing but its description. */
function makeProject(directory: string): void {
  mkdirSync(directory);
  const project = '[project]\nname = "life"\nversion = "1"\nrequires-python = ">=3.8"\n';
  // Hatch would install the project.
  writeFileSync(join(directory, 'pyproject.toml'), `${project}\n[tool.hatch.envs.default]\nskip-install = true\n`);
}

/** Runs a program to its end, and fails with what it said. */
async function done(sandbox: Sandbox, program: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } =
    program === 'vivarium' ? await sandbox.vivarium(...args) : await sandbox.run(program, ...args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
}
