import { type Environment, type Interpreter, inEnvironment, VivariumError } from '@vivarium/core/host';
import type { Captured } from '@vivarium/core/internal';
import { pathsOfEnvironment } from '../create/json-report.ts';
import { toolIn } from './tool.ts';
import { environmentVariables, type Variables } from './variables.ts';

/** How a process of an environment is started. */
export interface RunOptions {
  /** @default process.cwd() */
  readonly cwd?: string | undefined;
  /** The variables to which those of the environment are added. @default process.env */
  readonly env?: Variables | undefined;
  /** Aborting it ends the process and all that it started. */
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds. @default none */
  readonly timeLimit?: number | undefined;
}

/** What a process of an environment printed, as UTF-8: the last MiB of each stream. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
}

/** What is the same for every environment, whether it was just created or is only looked at. */
export interface EnvironmentHandle {
  /** Absolute paths in it: the interpreter, the scripts directory, site-packages. */
  readonly paths: EnvironmentPaths;
  /**
   * The path of a command that is installed in it: `tool('pip')` is `…/bin/pip`, on Windows `…\Scripts\pip.exe`.
   *
   * @throws VivariumError `TOOL_NOT_FOUND`
   */
  tool(name: string): string;
  /**
   * The variables with which a process is in the environment, as after its activation: its scripts directory is first on
   * `PATH` (`Path` stays `Path` on Windows), `VIRTUAL_ENV` is set, `PYTHONHOME` is removed.
   *
   * @param base @default process.env
   */
  variables(base?: Variables): Record<string, string>;
  /**
   * Runs its Python and waits for its end: `run(['-m', 'pip', 'install', 'requests'])`.
   *
   * @throws VivariumError `PROCESS_FAILED` when it can't be started, times out, or exits with another code than 0;
   *   `INTERRUPTED` when the signal is aborted
   */
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** Absolute paths in an environment. */
export type EnvironmentPaths = Readonly<Record<'executable' | 'scripts' | 'purelib' | 'platlib', string>>;

/** What the functions of a handle work with. */
interface HandleSource {
  /** Absolute. */
  readonly directory: string;
  readonly prompt: string;
  readonly os: Interpreter['os'];
  readonly paths: EnvironmentPaths;
}

/** The handle of an environment that was planned by us. */
export function handleOf(environment: Environment): EnvironmentHandle {
  const { destination, interpreter, prompt = '' } = environment;
  const directory = inEnvironment(environment, '.');
  const source = { directory, prompt, os: interpreter.os, paths: pathsOfEnvironment(environment) };
  return openHandle({ ...source, directory: destination });
}

/** The functions of an environment. */
export function openHandle({ directory, prompt, os, paths }: HandleSource): EnvironmentHandle {
  return {
    paths,
    tool: (name) => toolIn({ scripts: paths.scripts, os, name }),
    variables: (base = process.env) => environmentVariables(base, { directory, prompt, os, scripts: paths.scripts }),
    async run(args, { cwd, env = process.env, signal, timeLimit } = {}) {
      // A program that only creates environments is spared what starts processes.
      const { capture } = await import('@vivarium/core/internal');
      let ended: Captured;
      try {
        ended = await capture({
          executable: paths.executable,
          args,
          env: environmentVariables(env, { directory, prompt, os, scripts: paths.scripts }),
          cwd,
          signal,
          ...(timeLimit === undefined ? {} : { timeLimit }),
        });
      } catch (error) {
        throw signal?.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
      }
      if (ended.failure === undefined) return { stdout: ended.stdout, stderr: ended.stderr };
      const command = [paths.executable, ...args].join(' ');
      throw new VivariumError('PROCESS_FAILED', `\`${command}\` ${ended.failure}`, {
        cause: ended.cause,
        hint: lastLines(ended.stderr) || lastLines(ended.stdout) || undefined,
      });
    },
  };
}

const MAX_LINES = 20;

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-MAX_LINES).join('\n');
}
