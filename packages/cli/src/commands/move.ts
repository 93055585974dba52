import { relocateOptions, relocateWith } from '../environments/relocate.ts';
import type { Command } from './command.ts';

/** `vivarium move ENV DEST` */
export const command: Command = {
  description: [
    'Moves the environment ENV to DEST. The new one is started before the old one is removed, so that one of the two is',
    'complete whatever happens. What names the old place as its own is rewritten: scripts, activation scripts, pyvenv.cfg,',
    '.pth files, editable installations, RECORD. Other files that contain the old path are listed and stay as they are.',
  ],
  options: () => relocateOptions,
  completes: 'environments',
  run: (args) => relocateWith('move', args),
};
