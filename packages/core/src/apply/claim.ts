import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { VivariumError } from '../error.ts';
import { namesIn } from '../names-in.ts';
import { takenError } from './commit.ts';
import { isMakerGone } from './maker.ts';
import { makerIn, prefixOf, type RunDirectory } from './run-directory.ts';

const MAX_ATTEMPTS = 60;
const PAUSE_MS = 50;

interface Claim {
  readonly destination: string;
  readonly run: RunDirectory;
  /** Where the directories of runs are. @default the destination */
  readonly directory?: string;
  /** How often is looked whether another run has ended. @default some seconds long */
  readonly maxAttempts?: number;
  readonly signal?: AbortSignal;
  /** As `ClaimRequest` has it. */
  readonly isSettled?: (() => boolean) | undefined;
  /** As {@link isMakerGone} has it. */
  readonly unknownIsGoneAfterMs?: number;
}

/**
 * Lets one run at a time change the content of a destination in place, so that two of them do not mix. Each says first
 * that it is about to do so, and then looks whether another one does: of two that see each other both step back for a
 * while.
 *
 * @throws VivariumError `DESTINATION_TAKEN` when another run is still at it after some seconds
 */
export async function claim(request: Claim): Promise<void> {
  const { destination, run, maxAttempts = MAX_ATTEMPTS, signal, isSettled } = request;
  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: signal.reason });
    if (isSettled?.()) return;
    mkdirSync(run.pathOf('busy'));
    if (!isOtherBusy(request)) return;
    rmdirSync(run.pathOf('busy'));
    if (attempt === maxAttempts) throw takenError(destination);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())));
  }
}

function isOtherBusy({ destination, run, directory = destination, unknownIsGoneAfterMs }: Claim): boolean {
  const prefix = prefixOf(destination);
  return readdirSync(directory).some((name) => {
    const maker = makerIn(name, prefix);
    const path = join(directory, name);
    if (maker === undefined || path === run.path || isMakerGone(maker, [path], unknownIsGoneAfterMs)) return false;
    // Of what another user's run is doing nothing can be known.
    return namesIn(path).some((inner) => !inner.startsWith('new-'));
  });
}
