import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { inject, onTestFinished } from 'vitest';

/** What a process did. */
export interface Finished {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of a person's own: a working directory, a home, and a cache that no other user uses. */
export interface Sandbox {
  /** The working directory. */
  readonly directory: string;
  /** The variables that everything in this sandbox is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `vivarium` with these arguments. */
  vivarium(...args: readonly string[]): Promise<Finished>;
  /** Runs any program. */
  run(command: string, ...args: readonly string[]): Promise<Finished>;
  /** Runs any program in another working directory. */
  runIn(cwd: string, command: string, ...args: readonly string[]): Promise<Finished>;
}

/** The installed command. */
export const vivariumCommand = (): string => join(inject('installation'), 'node_modules/.bin/vivarium');

/** The program that the command is, and the words that come first, where nothing may be started in between. */
export const vivariumProgram = (): readonly [program: string, ...args: string[]] => [
  process.execPath,
  vivariumCommand(),
];

/** An empty sandbox, cleared away when the test is over. Variables of the machine that tools read are not passed on. */
export function newSandbox(more: Readonly<Record<string, string>> = {}): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-sandbox-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const env = {
    ...inherited(),
    HOME: root,
    XDG_DATA_HOME: join(root, 'data'),
    LANG: 'C.UTF-8',
    // Nothing may still be at work in the directory when it is cleared away.
    VIVARIUM_COMPILE_SEEDS: 'never',
    ...more,
  };
  const runIn = async (cwd: string, command: string, ...args: readonly string[]): Promise<Finished> => {
    const { exitCode, stdout, stderr } = await execa(command, args, {
      cwd,
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    return { exitCode, stdout, stderr };
  };
  const run: Sandbox['run'] = (command, ...args) => runIn(root, command, ...args);
  return { directory: root, env, run, runIn, vivarium: (...args) => run(vivariumCommand(), ...args) };
}

const PASSED_ON = ['PATH', 'PYENV_ROOT', 'TMPDIR', 'CI'];

function inherited(): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
