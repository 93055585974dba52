import { formatVersion, VivariumError } from '@vivarium/core/plugin';
import { type Choice, chooseWheel, isExact } from './choose/choose.ts';
import { type CandidateSearch, findCandidates, type WheelCandidate, type WheelOrigin } from './find/candidate.ts';
import { outOfArchive } from './find/out-of-archive.ts';
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

/** What {@link resolveWheels} is asked. */
export interface ResolveRequest extends CandidateSearch {
  readonly requests: readonly SeedRequest[];
  /** Fetch the newest, also where an older one is available locally. */
  readonly download: boolean;
}

/**
 * Finds a wheel for every request, and for what those wheels can't do without; sorted by name. A seed that is a
 * default and isn't available is skipped with a warning. A version that the user asked for and that isn't available
 * locally is fetched.
 *
 * With a filled cache no wheel is opened: versions come from file names, the rest from the lock file and the cache.
 *
 * @throws VivariumError `SEED_NOT_FOUND` or `DOWNLOAD_FAILED` when one that the user asked for isn't to be had
 */
export async function resolveWheels(search: ResolveRequest): Promise<readonly SeedWheel[]> {
  const candidates = await findCandidates(search);
  const chosen = new Map<string, SeedWheel>();
  let wave = search.requests;
  while (wave.length > 0) {
    const choices = await Promise.all(wave.map((request) => serve(request, candidates, search)));
    const next: SeedRequest[] = [];
    for (const [index, request] of wave.entries()) {
      const choice = choices[index];
      if (choice === undefined) {
        skip(request, candidates, search);
        continue;
      }
      chosen.set(request.name, asSeedWheel(choice));
      next.push(...choice.facts.requires.flatMap((text) => needed(text, request)));
    }
    wave = next.filter(({ name }) => !chosen.has(name));
  }
  return [...chosen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function serve(
  request: SeedRequest,
  candidates: readonly WheelCandidate[],
  search: ResolveRequest,
): Promise<Choice | undefined> {
  const { name, range, isShipped, isAsked } = request;
  if (search.download && !isShipped && !isExact(range)) return fetch(request, candidates, search);
  const choice = await chooseWheel(request, candidates, search);
  return choice === undefined && isAsked && range !== '' ? fetch({ name, range }, candidates, search) : choice;
}

/** The newest wheel of pip available locally that fits an interpreter. */
export async function findPip(search: CandidateSearch): Promise<SeedWheel | undefined> {
  const choice = await chooseWheel(ANY_PIP, await findCandidates(search), search);
  return choice === undefined ? undefined : asSeedWheel(choice);
}

const ANY_PIP = { name: 'pip', range: '', isShipped: false } as const;

async function fetch(
  { name, range }: Pick<SeedRequest, 'name' | 'range'>,
  candidates: readonly WheelCandidate[],
  { interpreter, seedWheels, context }: CandidateSearch,
): Promise<Choice> {
  const { downloadWheel } = await import('./fetch/download.ts');
  const pip = await chooseWheel(ANY_PIP, candidates, { interpreter, seedWheels, context });
  const pipWheel =
    pip === undefined ? undefined : await outOfArchive({ ...pip.facts, path: pip.candidate.path }, context.cache);
  return downloadWheel({ name, range, interpreter, context, candidates, pipWheel });
}

function asSeedWheel({ candidate, facts }: Choice): SeedWheel {
  const { name, version, path, origin } = candidate;
  return { name, version, path, sha256: facts.sha256, origin };
}

// What a seed needs is a seed too. Conditions (`; python_version < "3.8"`) are for a resolver, and this is none.
function needed(text: string, { name, isAsked }: SeedRequest): readonly SeedRequest[] {
  if (text.includes(';')) return [];
  return [{ ...parseRequirement(text.replace(/\[[^\][]*\]/, ''), `${name} (it needs ${text})`), isAsked }];
}

function skip(request: SeedRequest, candidates: readonly WheelCandidate[], search: ResolveRequest): void {
  const { name, range, isAsked, source } = request;
  const wanted = `${name}${range} that fits Python ${formatVersion(search.interpreter.version)}`;
  if (!isAsked) {
    search.context.warn(`${name} is skipped: no wheel of ${wanted} was found`, 'SEED_SKIPPED');
    return;
  }
  const versions = candidates.filter((candidate) => candidate.name === name).map(({ version }) => version);
  const available = versions.length > 0 ? [...new Set(versions)].join(', ') : 'none';
  throw new VivariumError('SEED_NOT_FOUND', `No wheel of ${wanted} was found`, {
    source,
    hint: `Available versions: ${available}. Name a directory that holds one with --extra-search-dir, or let pip fetch it with --download.`,
  });
}
