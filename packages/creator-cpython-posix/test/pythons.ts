import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
const VERSIONS = ['3.6.15', '3.7.16', '3.8.18', '3.9.18', '3.10.13', '3.11.7', '3.12.1', '3.13.0'];

/** The executable of a version that pyenv installed. */
export function pyenvPython(version: string): string {
  return join(pyenv, version, 'bin', 'python');
}

/** All that pyenv installed. */
export const PYENV_PYTHONS: readonly string[] = VERSIONS.map(pyenvPython);

/**
 * Those that environments are really made for: all of pyenv's, the distribution's own, and those that the variable
 * `VIVARIUM_PYTHONS` adds, with colons between them.
 */
export const PYTHONS: readonly string[] = [
  ...PYENV_PYTHONS,
  '/usr/bin/python3',
  ...(process.env.VIVARIUM_PYTHONS?.split(':') ?? []),
];

/** Interpreters are optional on a developer's machine; in CI a missing one is a failure. */
export function isMissing(python: string): boolean {
  return !existsSync(python) && process.env.CI !== 'true';
}

/** Runs a Python, without what the surroundings may have set for it, and returns what it prints. */
export function run(python: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): string {
  const surroundings = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV)/.test(name));
  const env = { ...Object.fromEntries(surroundings), ...variables };
  return execFileSync(python, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}
