import { nearName } from '@vivarium/core/internal';
import { parseArguments } from '../arguments/parse.ts';
import { envelope } from '../json/envelope.ts';
import { print } from '../terminal/console.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { assertNoMore, usageError } from './positionals.ts';

type LoadScript = () => Promise<{ readonly default: string }>;

const SCRIPTS: Readonly<Record<string, LoadScript>> = {
  bash: () => import('../completion/vivarium.bash'),
  zsh: () => import('../completion/vivarium.zsh'),
  fish: () => import('../completion/vivarium.fish'),
  powershell: () => import('../completion/vivarium.ps1'),
  nushell: () => import('../completion/vivarium.nu'),
};

const OTHER_NAMES: Readonly<Record<string, string>> = { pwsh: 'powershell', nu: 'nushell' };

/** `vivarium completion SHELL` */
export const command: Command = {
  description: [
    'Prints a script that makes a shell complete the command. Each is used by one line in the file that the shell reads',
    'at its start:',
    '',
    '  bash         eval "$(vivarium completion bash)"',
    '  zsh          eval "$(vivarium completion zsh)"        (after compinit)',
    '  fish         vivarium completion fish | source',
    '  powershell   vivarium completion powershell | Out-String | Invoke-Expression',
    '  nushell      vivarium completion nushell | save -f vivarium.nu     (then: source vivarium.nu)',
  ],
  options: () => commonOptions,
  completes: Object.keys(SCRIPTS),
  async run(args) {
    const { flags, positionals } = parseArguments(args, {
      command: 'completion',
      options: commonOptions,
      isLenient: false,
    });
    assertNoMore(positionals, 1);
    const [typed] = positionals;
    const shell = typed !== undefined && Object.hasOwn(OTHER_NAMES, typed) ? OTHER_NAMES[typed] : typed;
    const load = shell !== undefined && Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
    if (load === undefined) throw noShell(shell);
    const { default: script } = await load();
    print(flags.json === undefined ? script : envelope('completion', { shell, script }));
  },
};

function noShell(typed: string | undefined): Error {
  const shells = Object.keys(SCRIPTS);
  const near = typed === undefined ? undefined : nearName(typed, shells);
  return usageError(
    typed === undefined ? 'Missing shell' : `No completion script for the shell \`${typed}\``,
    `${near === undefined ? '' : `Did you mean \`vivarium completion ${near}\`? `}\`vivarium completion ${shells.join('|')}\` prints a script; its first line says how it is used.`,
  );
}
