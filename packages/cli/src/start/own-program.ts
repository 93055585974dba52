import { basename } from 'node:path';
import type { OwnProgram } from '@vivarium/core/host';

/**
 * This command, for what is done in the background. Only Node is started again: the executable of a program into which
 * someone has compiled the command is that program.
 */
export function ownProgram(): OwnProgram | undefined {
  const { execPath, versions } = process;
  const isNode = versions.electron === undefined && /^node(?:js)?(?:\.exe)?$/i.test(basename(execPath));
  if (!isNode) return undefined;
  return {
    executable: execPath,
    // Only asked for what is done in the background: the module that makes a URL of a path takes long to load.
    get url() {
      return import.meta.url;
    },
  };
}
