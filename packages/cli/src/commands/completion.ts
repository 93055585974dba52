import { VivariumError } from '@vivarium/core';
import { print } from '../terminal/console.ts';

/** The shells that there is a completion script for. */
export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `vivarium completion SHELL`: prints the script that makes a shell complete the command. */
export async function completion([shell, extra]: readonly string[]): Promise<void> {
  if (extra !== undefined) throw usage(`\`${extra}\` is one word too many`);
  switch (shell) {
    case 'bash':
      return print((await import('../completion/vivarium.bash')).default);
    case 'zsh':
      return print((await import('../completion/vivarium.zsh')).default);
    case 'fish':
      return print((await import('../completion/vivarium.fish')).default);
    case 'powershell':
    case 'pwsh':
      return print((await import('../completion/vivarium.ps1')).default);
    default:
      throw usage(shell === undefined ? 'Say for which shell' : `There is no completion for \`${shell}\``);
  }
}

function usage(message: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, {
    hint: `\`vivarium completion ${COMPLETION_SHELLS.join('|')}\` prints a script; its first line says how it is used.`,
  });
}
