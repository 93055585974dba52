import { type ActivationCommand, type Activator, defineOptions } from '@vivarium/core/host';
import { envelope } from '../json/envelope.ts';
import { activators } from '../official/activators.ts';
import { activatedEnvironment } from '../run/activated-environment.ts';
import { callingShell } from '../terminal/calling-shell.ts';
import { openConsole, print } from '../terminal/console.ts';
import { writeExactOutput } from '../terminal/write.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore, usageError } from './positionals.ts';

type VariableLine = NonNullable<ActivationCommand['variableLine']>;

/** How each shell sets and unsets a variable. */
const shells: ReadonlyMap<string, VariableLine> = new Map(
  Object.values<Activator>(activators).flatMap(({ activationCommand: way }) =>
    way?.variableLine === undefined
      ? []
      : way.shells.map((shell) => [shell, way.variableLine as VariableLine] as const),
  ),
);

const envOptions = defineOptions({
  shell: {
    type: 'choice',
    choices: ['auto', ...shells.keys()],
    default: 'auto',
    placeholder: 'NAME',
    help: `the shell that reads the lines: ${[...shells.keys()].join(', ')}; auto is the one that the command was typed in`,
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium env ENV` */
export const command: Command = {
  description: [
    'Prints what activation of the environment ENV would set, as lines that the shell reads. Nothing is changed.',
  ],
  options: () => envOptions,
  completes: 'environments',
  closing: [
    'bash, zsh, sh:  eval "$(vivarium env ENV)"         fish:  vivarium env ENV | source',
    'PowerShell:     vivarium env ENV | Out-String | Invoke-Expression',
  ],
  run,
};

async function run(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'env', options: envOptions });
  const [path] = positionals;
  if (path === undefined) throw usageError('Missing required argument ENV');
  assertNoMore(positionals, 1);
  const { activationVariables, inspect } = await import('@vivarium/environments');
  const inspection = inspect(path, { packages: false });
  const changes = activationVariables(activatedEnvironment(inspection), process.env);
  for (const { message } of inspection.problems) openConsole(0).warn(message);
  if (settings.json) {
    const variables = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value ?? null]));
    return print(envelope('env', { environment: inspection.directory, variables }));
  }
  const shell = settings.shell === 'auto' ? shellOfCaller() : settings.shell;
  const line = shells.get(shell) as VariableLine;
  const lines = Object.entries(changes).map(([name, value]) => line(name, value, shell));
  // A program reads it: a name with control characters has to be what it is.
  writeExactOutput(lines.map((each) => `${each}\n`).join(''));
}

function shellOfCaller(): string {
  const caller = { env: process.env, platform: process.platform, parent: process.ppid };
  const shell = callingShell(new Set(shells.keys()), caller);
  return shell !== undefined && shells.has(shell) ? shell : 'sh';
}
