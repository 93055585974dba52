import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { takenError } from './commit.ts';
import { isMakerGone } from './maker.ts';
import { makerIn, prefixOf, type RunDirectory } from './run-directory.ts';

const MAX_ATTEMPTS = 60;
const PAUSE_MS = 50;

interface Claim {
  readonly destination: string;
  readonly run: RunDirectory;
}

/**
 * Lets one run at a time change the content of a destination in place, so that two of them do not mix. Each says first
 * that it is about to do so, and then looks whether another one does: of two that see each other both step back for a
 * while.
 *
 * @throws VivariumError `DESTINATION_TAKEN` when another run is still at it after some seconds
 */
export async function claim({ destination, run }: Claim): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    mkdirSync(run.pathOf('busy'));
    if (!isOtherBusy({ destination, run })) return;
    rmdirSync(run.pathOf('busy'));
    if (attempt === MAX_ATTEMPTS) throw takenError(destination);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())));
  }
}

function isOtherBusy({ destination, run }: Claim): boolean {
  const prefix = prefixOf(destination);
  return readdirSync(destination).some((name) => {
    const maker = makerIn(name, prefix);
    const path = join(destination, name);
    if (maker === undefined || path === run.path || isMakerGone(maker, [path])) return false;
    return namesIn(path).some((inner) => !inner.startsWith('new-'));
  });
}

// Of what another user's run is doing nothing can be known.
function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
