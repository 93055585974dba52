import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Shell } from './shell.ts';

/** A shell on this machine. */
export interface FoundShell {
  /** Absolute. */
  readonly program: string;
  /** The first line of what it says about its version, or where it is. */
  readonly version: string;
}

/** Looks for the shell's program on `PATH`; a name with a `/` in it is taken as it is. */
export function findShell(shell: Shell): FoundShell | undefined {
  const [name] = shell.command;
  const program = name.includes('/')
    ? name
    : (process.env.PATH ?? '')
        .split(delimiter)
        .map((directory) => join(directory, name))
        .find(isProgram);
  return program === undefined || !isProgram(program) ? undefined : { program, version: versionOf(program, shell) };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function versionOf(program: string, shell: Shell): string {
  if (shell.version === undefined) return program;
  const { stdout, stderr } = spawnSync(program, [...shell.command.slice(1), ...shell.version], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n')[0] ?? program;
}
