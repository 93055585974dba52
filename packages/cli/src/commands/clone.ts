import { relocateOptions, relocateWith } from '../environments/relocate.ts';
import type { Command } from './command.ts';

/** `vivarium clone ENV DEST` */
export const command: Command = {
  description: [
    'Creates another environment at DEST with everything that is in ENV, which stays as it is. The new one is started before',
    'it appears. What names the place of ENV as its own is rewritten as by `vivarium move`.',
  ],
  options: () => relocateOptions,
  completes: 'environments',
  run: (args) => relocateWith('clone', args),
};
