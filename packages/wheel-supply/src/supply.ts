import { formatVersion, VivariumError } from '@vivarium/core';
import { type Candidate, type CandidateSearch, findCandidates, type WheelOrigin } from './candidate.ts';
import { type Choice, chooseWheel } from './choose.ts';
import { parseRequirement, type SeedRequest } from './request.ts';

/** A wheel to seed an environment from. */
export interface SeedWheel {
  /** Normalised as PEP 503 has it. */
  readonly name: string;
  readonly version: string;
  /** Absolute path. */
  readonly path: string;
  /** SHA-256 that the file has to have, in hexadecimal. */
  readonly sha256: string;
  readonly origin: WheelOrigin;
}

/** What {@link supplyWheels} is asked. */
export interface SupplyRequest extends CandidateSearch {
  readonly requests: readonly SeedRequest[];
}

/**
 * Finds a wheel for every request, and for what those wheels can't do without; sorted by name. A seed that nobody asked
 * for and that isn't to be had is left out with a notice.
 *
 * With a filled cache no wheel is opened: versions come from file names, the rest from the lock file and the cache.
 *
 * @throws VivariumError `SEED_NOT_FOUND` when one that the user asked for isn't to be had
 */
export async function supplyWheels(supply: SupplyRequest): Promise<readonly SeedWheel[]> {
  const candidates = findCandidates(supply);
  const chosen = new Map<string, SeedWheel>();
  const waiting = [...supply.requests];
  for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
    if (chosen.has(request.name)) continue;
    const choice = await chooseWheel(request, candidates, supply);
    if (choice === undefined) {
      leaveOut(request, candidates, supply);
      continue;
    }
    chosen.set(request.name, asSeedWheel(choice));
    waiting.push(...choice.facts.requires.flatMap((text) => needed(text, request)));
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function asSeedWheel({ candidate, facts }: Choice): SeedWheel {
  const { name, version, path, origin } = candidate;
  return { name, version, path, sha256: facts.sha256, origin };
}

// What a seed needs is a seed too. Conditions (`; python_version < "3.8"`) are for a resolver, and this is none.
function needed(text: string, { name, isAsked }: SeedRequest): readonly SeedRequest[] {
  if (text.includes(';')) return [];
  return [{ ...parseRequirement(text.replace(/\[.*?\]/, ''), `${name} (it needs ${text})`), isAsked }];
}

function leaveOut(request: SeedRequest, candidates: readonly Candidate[], supply: SupplyRequest): void {
  const { name, range, isAsked, source } = request;
  const what = `No wheel of ${name}${range} that fits Python ${formatVersion(supply.interpreter.version)}`;
  const seen = candidates.filter((candidate) => candidate.name === name).map(({ version }) => version);
  const here =
    seen.length > 0 ? `Here are ${[...new Set(seen)].join(', ')}` : 'There is none of another version either';
  if (!isAsked) {
    supply.context.notice(`${name} is left out: ${what.replace('No', 'no')} was found. ${here}.`);
    return;
  }
  throw new VivariumError('SEED_NOT_FOUND', `${what} was found`, {
    source,
    hint: `${here}. Name a folder that holds one with --extra-search-dir.`,
  });
}
