import { lstatSync } from 'node:fs';
import { askDiscoverer } from '@vivarium/core/internal';
import {
  type Candidate,
  type Context,
  type Discoverer,
  type Interpreter,
  type Options,
  type Settings,
  type Spec,
  VivariumError,
} from '@vivarium/core/plugin';
import { buildDetailsOf } from '../interpreter/build-details.ts';
import { matchesSpec, whyNot } from '../spec/match.ts';
import { parseSpec } from '../spec/parse.ts';
import { namesPreRelease } from '../spec/range.ts';
import { describeMiss, type Miss } from './miss.ts';
import { pinnedRequests } from './pinned.ts';
import { probeInOrder } from './probe-in-order.ts';
import type { Wanted } from './wanted.ts';

/** What {@link findInterpreter} is given. */
export interface FindRequest {
  /** What the user gave with `-p`, in order; none means what is pinned for the working directory, else any Python 3. */
  readonly specs: readonly string[];
  readonly discoverer: Discoverer;
  /** The settings of the discoverer. */
  readonly settings: Settings<Options>;
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
 * fits. Candidates are started one after the other, and only until one fits.
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
  const wanted = given.length > 0 ? given : (pinnedRequests(context) ?? [{ text: 'any Python 3' }]);
  const misses: Miss[] = [];
  for (const [index, one] of wanted.entries()) {
    const found = await search(one, request, misses, index === wanted.length - 1);
    if (found !== undefined) return found;
  }
  const { notFound } = await import('./not-found.ts');
  throw await notFound({ wanted, misses, discoverer: request.discoverer, context });
}

async function search(
  wanted: Wanted,
  request: FindRequest,
  misses: Miss[],
  isLast: boolean,
): Promise<FoundInterpreter | undefined> {
  const { spec } = wanted;
  const { context } = request;
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
  for await (const probed of probeInOrder(candidatesFor(wanted, request, miss), context)) {
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

/** The candidates of the discoverer, but those of which it can be told without starting them that they don't fit. */
async function* candidatesFor(
  { spec, source }: Wanted,
  { discoverer, settings, context }: FindRequest,
  miss: (one: Miss) => void,
): AsyncIterable<Candidate> {
  for await (const candidate of askDiscoverer(discoverer, { spec, settings, context })) {
    const details = spec?.kind === 'version' ? buildDetailsOf(candidate.executable) : undefined;
    const reason = details && spec?.kind === 'version' ? whyNot(details, spec) : undefined;
    if (details !== undefined && reason !== undefined) miss({ ...candidate, reason, interpreter: details });
    // A path that a file asks for was not given by the user.
    else yield candidate.isExplicit && source !== undefined ? { ...candidate, source } : candidate;
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
