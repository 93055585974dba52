import { compare, explain, satisfies } from '@renovatebot/pep440';
import { type Context, type Interpreter, messageOf } from '@vivarium/core';
import { type Candidate, isPresent, WHEEL_ORIGINS } from './candidate.ts';
import { learnFacts, type WheelFacts } from './facts.ts';
import { fitsPython, fitsTags } from './fits.ts';
import type { SeedRequest } from './request.ts';

/** A wheel that was chosen, and what is known of it. */
export interface Choice {
  readonly candidate: Candidate;
  readonly facts: WheelFacts;
}

/**
 * The wheel that serves a request: the newest that fits the interpreter, and of equally new ones the one whose origin
 * comes first. Pre-releases are taken where the range names one or there is nothing else.
 */
export async function chooseWheel(
  request: SeedRequest,
  candidates: readonly Candidate[],
  { interpreter, context }: { readonly interpreter: Interpreter; readonly context: Context },
): Promise<Choice | undefined> {
  for (const candidate of rank(request, candidates)) {
    if (!fitsTags(candidate, interpreter) || !isPresent(candidate)) continue;
    const facts = await tryFacts(candidate, context);
    if (facts !== undefined && fitsPython(facts.requiresPython, interpreter)) return { candidate, facts };
  }
  return undefined;
}

function rank(request: SeedRequest, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(({ name, version, origin }) => {
      if (name !== request.name) return false;
      if (request.isShipped && (origin === 'extra-search-dir' || origin === 'cache')) return false;
      return request.range === '' || satisfies(version, request.range, { prereleases: true });
    })
    .sort((a, b) => {
      const late = Number(isPreRelease(a.version)) - Number(isPreRelease(b.version));
      return late || compare(b.version, a.version) || WHEEL_ORIGINS.indexOf(a.origin) - WHEEL_ORIGINS.indexOf(b.origin);
    });
}

function isPreRelease(version: string): boolean {
  const explained = explain(version);
  return explained !== null && (explained.is_prerelease || explained.is_devrelease);
}

// A damaged wheel in a folder with many is passed over: another may do.
async function tryFacts(candidate: Candidate, context: Context): Promise<WheelFacts | undefined> {
  try {
    return await learnFacts(candidate, context.cache);
  } catch (error) {
    context.notice(messageOf(error));
    return undefined;
  }
}
