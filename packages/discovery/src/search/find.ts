import { lstatSync } from 'node:fs';
import { askDiscoverer } from '@vivarium/core/internal';
import {
  type Candidate,
  type ConfiguredDiscoverer,
  type Context,
  type Discoverer,
  type FetchMode,
  type Interpreter,
  type Options,
  type Settings,
  type Spec,
  VivariumError,
} from '@vivarium/core/plugin';
import { buildDetailsOf } from '../interpreter/build-details.ts';
import { pinnedVersions } from '../sources/pyenv.ts';
import { matchesSpec, whyNot } from '../spec/match.ts';
import { parseSpec } from '../spec/parse.ts';
import { namesPreRelease } from '../spec/range.ts';
import { describeMiss, type Miss } from './miss.ts';
import { pinnedRequests } from './pinned.ts';
import { probeInOrder } from './probe-in-order.ts';
import type { ReadProject } from './project-python.ts';
import type { Wanted } from './wanted.ts';

/** What {@link findInterpreter} is given. */
export interface FindRequest {
  /** What the user gave with `-p`, in order; none means what is pinned for the working directory, else any Python 3. */
  readonly specs: readonly string[];
  readonly discoverer: Discoverer;
  /** The settings of the discoverer. */
  readonly settings: Settings<Options>;
  /** Asked after it for each spec, in this order. */
  readonly others?: readonly ConfiguredDiscoverer[];
  /**
   * What the files of the project ask for besides `.python-version`. It counts where nothing was given and nothing is
   * pinned; where something was given, another Python than that is used with a warning.
   */
  readonly project?: ReadProject;
  readonly context: Context;
}

/** An interpreter, and where it was found. */
export interface FoundInterpreter {
  readonly interpreter: Interpreter;
  /** `PATH`, `pyenv`, `given by path` … */
  readonly source: string;
}

/**
 * Finds the Python that is asked for: the specs in their order, for each the candidates in theirs, and the first that
 * fits. Candidates are started one after the other, and only until one fits. Where none fits any of the specs,
 * discoverers whose settings allow it are asked to fetch one, by the same order; those that always fetch are asked before.
 *
 * A pre-release, a debug build, and Python 2 where nothing was said, are taken if they were asked for or if nothing
 * else fits. A candidate that can't be started is ignored, unless it was given by its path; one that is given by a path
 * where nothing is lets the next spec try.
 *
 * @throws VivariumError `SPEC_INVALID`; `INTERPRETER_NOT_FOUND`, which tells what was found instead;
 * `INTERPRETER_FILE_NOT_FOUND`
 *   and the errors of {@link probeInterpreter} for a Python that was given by its path
 */
export async function findInterpreter(request: FindRequest): Promise<FoundInterpreter> {
  const { specs, context } = request;
  const given = specs.map((text): Wanted => ({ text, spec: parseSpec(text) }));
  const wanted = given.length > 0 ? given : ((await askedByProject(request)) ?? [{ text: 'any Python 3' }]);
  const asked: readonly ConfiguredDiscoverer[] = [request, ...(request.others ?? [])];
  const misses: Miss[] = [];
  const searchWith = async (
    discoverers: readonly ConfiguredDiscoverer[],
    fetches: boolean,
  ): Promise<FoundInterpreter | undefined> => {
    for (const [index, one] of wanted.entries()) {
      const search = { wanted: one, discoverers, fetches, context };
      const found = await searchFor(search, misses, index === wanted.length - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const found =
    (await searchWith(fetching(asked, 'always'), true)) ??
    (await searchWith(asked, false)) ??
    (await searchWith(fetching(asked, 'missing'), true));
  if (found !== undefined && given.length > 0 && request.project !== undefined) {
    const asked = await request.project();
    // Most projects ask for nothing, and what would compare it is not loaded for them.
    if (asked !== undefined || pinnedVersions(context) !== undefined) {
      (await import('./project.ts')).warnOfProject(found.interpreter, asked, context);
    }
  }
  if (found !== undefined) return found;
  const { notFound } = await import('./not-found.ts');
  throw await notFound({ wanted, misses, asked, context });
}

/** What is pinned, else what the project's other files ask for. */
async function askedByProject({ context, project }: FindRequest): Promise<readonly Wanted[] | undefined> {
  const pinned = pinnedRequests(context);
  if (pinned !== undefined || project === undefined) return pinned;
  const asked = await project();
  if (asked === undefined) return undefined;
  const { wantedByProject } = await import('./project.ts');
  return wantedByProject(asked, context);
}

/** Those that may fetch, and when. */
function fetching(asked: readonly ConfiguredDiscoverer[], mode: FetchMode): readonly ConfiguredDiscoverer[] {
  return asked.filter(({ discoverer, settings }) => discoverer.fetch?.when(settings) === mode);
}

/** A search for one of the specs. */
interface Search {
  readonly wanted: Wanted;
  readonly discoverers: readonly ConfiguredDiscoverer[];
  readonly fetches: boolean;
  readonly context: Context;
}

async function searchFor(search: Search, misses: Miss[], isLast: boolean): Promise<FoundInterpreter | undefined> {
  const { context } = search;
  const { spec } = search.wanted;
  const miss = (one: Miss): void => {
    misses.push(one);
    context.debug(`skipped: ${describeMiss(one)}`);
  };
  const broken: VivariumError[] = [];
  const take = (found: FoundInterpreter): FoundInterpreter => {
    tellBroken(broken, found, context);
    return found;
  };
  let ignored: FoundInterpreter | undefined;
  for await (const probed of probeInOrder(candidatesFor(search, miss), context)) {
    const { executable, source, isExplicit } = probed.candidate;
    if ('failure' in probed) {
      const isGone = isExplicit && isMissing(executable);
      if (isGone && isLast) throw missing(executable, probed.failure);
      if (isExplicit && !isGone) throw probed.failure;
      miss({ executable, source, failure: probed.failure });
      broken.push(probed.failure);
      continue;
    }
    const { interpreter } = probed;
    const fits = spec === undefined || matchesSpec(interpreter, spec);
    if (fits !== true) {
      miss({ executable, source, reason: fits.reason, interpreter });
    } else if (isExplicit || isWhatWasMeant(interpreter, spec)) {
      return take({ interpreter, source });
    } else {
      ignored ??= { interpreter, source };
    }
  }
  return ignored && take(ignored);
}

/** Says that another Python is taken than the one that comes first: it may be another version, or have other packages. */
function tellBroken(
  broken: readonly VivariumError[],
  { interpreter, source }: FoundInterpreter,
  { warn }: Context,
): void {
  // The aliases of Windows for a Python that is not installed are there for every user.
  const [first, ...others] = broken.filter(({ code }) => code !== 'INTERPRETER_NOT_INSTALLED');
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${others.length} more can't be used`;
  warn(`${first.message}${more}; ${interpreter.executable} (${source}) is used instead`, 'INTERPRETER_SKIPPED');
}

/** The candidates of the discoverers, but those of which it can be told without starting them that they don't fit. */
async function* candidatesFor(search: Search, miss: (one: Miss) => void): AsyncIterable<Candidate> {
  const { spec, source } = search.wanted;
  for await (const candidate of offered(search)) {
    const details = spec?.kind === 'version' ? buildDetailsOf(candidate.executable) : undefined;
    const reason = details && spec?.kind === 'version' ? whyNot(details, spec) : undefined;
    if (details !== undefined && reason !== undefined) miss({ ...candidate, reason, interpreter: details });
    // A path that a file asks for was not given by the user.
    else yield candidate.isExplicit && source !== undefined ? { ...candidate, source } : candidate;
  }
}

async function* offered({ wanted, discoverers, fetches, context }: Search): AsyncIterable<Candidate> {
  for (const { discoverer, settings } of discoverers) {
    yield* askDiscoverer(discoverer, { spec: wanted.spec, settings, context, fetches });
  }
}

/** Whether nothing speaks against an interpreter that fits. */
function isWhatWasMeant(interpreter: Interpreter, spec: Spec | undefined): boolean {
  if (spec?.kind === 'path') return true;
  if (spec === undefined && interpreter.version.major < 3) return false;
  if (interpreter.isDebug && spec?.isDebug !== true) return false;
  return interpreter.version.releaseLevel === 'final' || (spec?.range !== undefined && namesPreRelease(spec.range));
}

function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    // It is there or not: it can't be told, and is no reason to look further.
    return false;
  }
}

function missing(path: string, cause: VivariumError): VivariumError {
  return new VivariumError('INTERPRETER_FILE_NOT_FOUND', `There is no Python at ${path}: no such file exists`, {
    cause,
    hint: 'Correct the path, or name a version instead, as in -p 3.12.',
  });
}
