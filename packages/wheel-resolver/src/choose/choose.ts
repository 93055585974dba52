import { type Context, type Interpreter, messageOf } from '@vivarium/core/plugin';
import { type CandidateSearch, isPresent, WHEEL_ORIGINS, type WheelCandidate } from '../find/candidate.ts';
import { missingWheel } from '../find/missing-wheel.ts';
import type { SeedRequest } from '../request.ts';
import { isUsable } from '../update/is-usable.ts';
import { readMark } from '../update/mark.ts';
import { learnFacts } from './facts.ts';
import { fitsPython, fitsTags } from './fits.ts';
import { compareVersions, isInRange, isPreRelease, isVersion } from './versions.ts';
import type { WheelFacts } from './wheel-facts.ts';

/** A wheel that was chosen, and what is known of it. */
export interface Choice {
  readonly candidate: WheelCandidate;
  readonly facts: WheelFacts;
}

/** The part of a seed's request that decides which wheel serves it. */
export type WheelRequest = Pick<SeedRequest, 'name' | 'range' | 'isShipped'>;

/**
 * The wheel that serves a request: the newest that fits the interpreter, and of equally new ones the one whose origin
 * comes first. Pre-releases are taken where the range names one or there is nothing else.
 *
 * @throws VivariumError `SEED_WHEELS_NOT_FOUND` where that would be a wheel of the lock file that was not shipped
 */
export async function chooseWheel(
  request: WheelRequest,
  candidates: readonly WheelCandidate[],
  { interpreter, seedWheels, context }: Pick<CandidateSearch, 'interpreter' | 'seedWheels' | 'context'>,
): Promise<Choice | undefined> {
  const ranked = rank(request, candidates);
  for (const candidate of ranked) {
    if (!fitsTags(candidate, interpreter)) continue;
    if (!isPresent(candidate)) {
      const error = isFor(candidate, interpreter) ? await missingWheel(candidate, seedWheels) : undefined;
      if (error !== undefined) throw error;
      continue;
    }
    if (isTooFresh(candidate)) continue;
    const facts = await tryFacts(candidate, context);
    if (facts !== undefined && fitsPython(facts.requiresPython, interpreter)) return { candidate, facts };
  }
  return undefined;

  // What some run has found behind a user's back waits; who names a version has it at once.
  function isTooFresh({ version, entry }: WheelCandidate): boolean {
    if (entry === undefined || isExact(request.range)) return false;
    const mark = readMark(entry, context.cache);
    if (mark === undefined) return false;
    const all = ranked.map((other) => ({
      version: other.version,
      mark: other.entry === undefined ? undefined : readMark(other.entry, context.cache),
    }));
    return !isUsable({ version, mark }, all, Date.now());
  }
}

function isFor({ locked }: WheelCandidate, interpreter: Interpreter): boolean {
  return locked !== undefined && fitsPython(locked.python, interpreter);
}

/** Whether a range names one version. */
export function isExact(range: string): boolean {
  return /^==[^*,]+$/.test(range);
}

function rank(request: WheelRequest, candidates: readonly WheelCandidate[]): readonly WheelCandidate[] {
  return candidates
    .filter(({ name, origin }) => {
      return name === request.name && !(request.isShipped && (origin === 'extra-search-dir' || origin === 'cache'));
    })
    .filter(({ version }) => (request.range === '' ? isVersion(version) : isInRange(version, request.range)))
    .map((candidate) => ({ candidate, isLate: isPreRelease(candidate.version) }))
    .sort((a, b) => {
      if (a.isLate !== b.isLate) return a.isLate ? 1 : -1;
      const order = compareVersions(b.candidate.version, a.candidate.version);
      return order || originOf(a.candidate) - originOf(b.candidate);
    })
    .map(({ candidate }) => candidate);
}

function originOf({ origin }: WheelCandidate): number {
  return WHEEL_ORIGINS.indexOf(origin);
}

// A damaged wheel in a directory with many is ignored: another may do.
async function tryFacts(candidate: WheelCandidate, context: Context): Promise<WheelFacts | undefined> {
  try {
    return await learnFacts(candidate, context);
  } catch (error) {
    context.warn(messageOf(error), 'WHEEL_SKIPPED');
    return undefined;
  }
}
