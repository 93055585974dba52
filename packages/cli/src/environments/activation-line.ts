import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '@vivarium/environments';
import { activators } from '../official/activators.ts';
import { currentDirectory } from '../start/cwd.ts';
import { activationHint } from '../terminal/activation-hint.ts';

/** What activates an environment in the current shell, by the scripts that it has. */
export function activationLine({ directory, layout }: Inspection): string | undefined {
  const own = Object.values(activators).filter(({ activationCommand }) => {
    return activationCommand !== undefined && existsSync(join(directory, layout.scripts, activationCommand.script));
  });
  return activationHint({
    environment: { destination: directory, interpreter: { os: layout.os }, layout: { scripts: layout.scripts } },
    activators: own,
    cwd: currentDirectory(),
    caller: { env: process.env, platform: process.platform, parent: process.ppid },
  });
}
