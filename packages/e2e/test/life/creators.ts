import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Absolute. */
  readonly environment: string;
  /** Absolute. */
  readonly python: string;
}

/** A program that creates environments. */
export interface Creator {
  readonly name: string;
  /** What `doctor` calls who created it. */
  readonly createdBy: string;
  readonly create: (request: CreationRequest) => Promise<void>;
}

const vivarium: Creator = {
  name: 'vivarium',
  createdBy: 'vivarium',
  create: async ({ sandbox, environment, python }) =>
    done(sandbox, 'vivarium', 'create', '-q', '-p', python, environment),
};

const venv: Creator = {
  name: 'venv',
  createdBy: 'venv',
  create: async ({ sandbox, environment, python }) => done(sandbox, python, '-m', 'venv', '--without-pip', environment),
};

/** The creators that need nothing to be installed. */
export const ownCreators: readonly Creator[] = [vivarium, venv];

const tools = mkdtempSync(join(tmpdir(), 'vivarium-life-tools-'));
process.once('exit', () => rmSync(tools, { recursive: true, force: true }));

/** All creators; pip installs the others once. Without an index there are those of Python and ours. */
export function allCreators(): { readonly creators: readonly Creator[]; readonly missing: string | undefined } {
  try {
    const python = supportedPythons.at(-1)?.executable ?? anyPython().executable;
    execFileSync(python, ['-m', 'venv', tools], { stdio: 'ignore' });
    const names = ['virtualenv', 'uv', 'poetry', 'pipx'];
    execFileSync(join(tools, 'bin', 'python'), ['-m', 'pip', 'install', '-q', ...names], { stdio: 'ignore' });
  } catch {
    return { creators: ownCreators, missing: 'virtualenv, uv, Poetry and pipx can not be installed' };
  }
  return { creators: [...ownCreators, ...installedCreators()], missing: undefined };
}

function installedCreators(): readonly Creator[] {
  const bin = (name: string): string => join(tools, 'bin', name);
  return [
    {
      name: 'virtualenv',
      createdBy: 'virtualenv',
      create: async ({ sandbox, environment, python }) =>
        done(sandbox, bin('virtualenv'), '-q', '--no-seed', '--no-periodic-update', '-p', python, environment),
    },
    {
      name: 'uv',
      createdBy: 'uv',
      create: async ({ sandbox, environment, python }) =>
        done(sandbox, bin('uv'), 'venv', '-q', '--offline', '--no-config', '-p', python, environment),
    },
    {
      name: 'poetry',
      createdBy: 'poetry',
      // The environment of a project: a directory of another name would be one of virtualenv.
      create: async ({ sandbox, environment, python }) => {
        const project = join(environment, '..');
        const text = '[project]\nname = "life"\nversion = "1"\nrequires-python = ">=3.8"\n';
        writeFileSync(join(project, 'pyproject.toml'), text);
        const words = ['POETRY_VIRTUALENVS_IN_PROJECT=true', bin('poetry'), '-q', '-C', project, 'env', 'use', python];
        await done(sandbox, 'env', ...words);
        renameSync(join(project, '.venv'), environment);
        await done(sandbox, 'vivarium', 'repair', environment);
      },
    },
    {
      name: 'pipx',
      createdBy: 'pipx',
      create: async ({ sandbox, environment, python }) => {
        const home = `${environment}-home`;
        const words = [
          `PIPX_HOME=${home}`,
          `PIPX_BIN_DIR=${home}/bin`,
          // It installs with the uv next to it, which has certificates of its own.
          'UV_SYSTEM_CERTS=true',
          bin('pipx'),
          'install',
          '-q',
          '--python',
          python,
        ];
        await done(sandbox, 'env', ...words, 'cowsay');
        renameSync(join(home, 'venvs', 'cowsay'), environment);
        await done(sandbox, 'vivarium', 'repair', environment);
      },
    },
  ];
}

/** Runs a program to its end, and fails with what it said. */
async function done(sandbox: Sandbox, program: string, ...args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } =
    program === 'vivarium' ? await sandbox.vivarium(...args) : await sandbox.run(program, ...args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
}
