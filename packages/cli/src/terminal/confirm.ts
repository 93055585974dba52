import { VivariumError } from '@vivarium/core/host';
import { printable } from '@vivarium/core/internal';
import { writeMessage } from './write.ts';

/**
 * Asks a question that is answered with yes or no; anything but a yes is a no. Where there is no terminal to ask, nothing
 * is done.
 *
 * @throws VivariumError `CONFIRMATION_NOT_POSSIBLE` (exit code 2)
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new VivariumError(
      'CONFIRMATION_NOT_POSSIBLE',
      'Standard input is not a terminal, so there is no way to ask',
      {
        hint: 'Add --yes.',
      },
    );
  }
  const { createInterface } = await import('node:readline');
  writeMessage(`${printable(question)} [y/N] `);
  const lines = createInterface({ input: process.stdin, terminal: false });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  process.stdin.unref();
  return /^y(?:es)?$/i.test(answer.trim());
}
