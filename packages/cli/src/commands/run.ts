import { VivariumError } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { activatedEnvironment } from '../run/activated-environment.ts';
import { startCommand } from '../run/start-command.ts';
import { currentDirectory } from '../start/cwd.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { assertNoMore, usageError } from './positionals.ts';

/** `vivarium run ENV -- COMMAND...` */
export const command: Command = {
  description: [
    'Runs a command in the environment ENV: with the variables that activation would set, in the cwd, with the terminal,',
    'the standard streams and the signals of the caller. The exit code is that of the command; 127 if there is none of its',
    'name, 126 if it cannot be started.',
  ],
  options: () => commonOptions,
  completes: 'environments',
  closing: ['Example: vivarium run .venv -- python -m pytest -x'],
  run,
};

async function run(args: readonly string[]): Promise<void> {
  const end = args.indexOf('--');
  const { positionals } = parseArguments(end === -1 ? args : args.slice(0, end), {
    command: 'run',
    options: commonOptions,
    isLenient: false,
  });
  const [path] = positionals;
  if (path === undefined) throw usageError('Missing required argument ENV', USAGE);
  const words = args.slice(end + 1);
  const [name] = words;
  if (end === -1 || name === undefined) throw usageError('Missing the command, after `--`', USAGE);
  assertNoMore(positionals, 1, `Options of the command come after \`--\`. ${USAGE}`);
  process.exitCode = await startCommand({
    words: [name, ...words.slice(1)],
    cwd: currentDirectory(),
    env: await variablesIn(path),
  });
}

const USAGE = 'For example: vivarium run .venv -- python --version';

async function variablesIn(path: string): Promise<Readonly<Record<string, string>>> {
  const { activationVariables, inspect } = await import('@vivarium/environments');
  const inspection = inspect(path, { packages: false });
  const [problem] = inspection.problems;
  // Another Python would be found further along PATH, and be taken for that of the environment.
  if (problem !== undefined && inspection.python.state !== 'ok') {
    throw new VivariumError('ENVIRONMENT_NOT_USABLE', problem.message, {
      hint: `\`vivarium doctor ${path}\` says what can be done.`,
    });
  }
  const changes = activationVariables(activatedEnvironment(inspection), process.env);
  const all = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
