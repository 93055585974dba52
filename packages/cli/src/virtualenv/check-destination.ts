import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { VivariumError } from '@vivarium/core/host';
import type { CreateRequest } from '../create/request.ts';

/**
 * virtualenv clears no directory by way of a symbolic link to it.
 *
 * @throws VivariumError `DESTINATION_PROTECTED` (exit code 2)
 */
export function checkDestination(destination: string, { settings, cwd }: CreateRequest): void {
  const path = resolve(cwd, destination);
  if (!settings.clear || !lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new VivariumError('DESTINATION_PROTECTED', `--clear cannot use a symlink destination: ${path}`, {
    source: 'DEST',
    hint: 'Give the directory that it leads to.',
  });
}
