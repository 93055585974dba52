import { availableParallelism } from 'node:os';
import { askDiscoverer } from '@vivarium/core/internal';
import type {
  Candidate,
  ConfiguredDiscoverer,
  Context,
  Interpreter,
  Spec,
  VersionSpec,
  VivariumError,
} from '@vivarium/core/plugin';
import { buildDetailsOf } from '../interpreter/build-details.ts';
import { explicitCandidates } from '../sources/explicit.ts';
import { matchesSpec, whyNot } from '../spec/match.ts';
import { listCandidates } from './list-candidates.ts';
import { probeInOrder } from './probe-in-order.ts';

/** What {@link listInterpreters} is to list. */
export interface ListRequest {
  /** Only what fits it. */
  readonly spec?: Spec;
  /** Every path of every Python, instead of each Python once. @default false */
  readonly all?: boolean;
  /** Discoverers that are asked as well, after all else. */
  readonly others?: readonly ConfiguredDiscoverer[];
}

/** A Python on this machine, or something that has the name of one and isn't. */
export type Listed = { readonly executable: string; readonly source: string } & (
  | { readonly interpreter: Interpreter; readonly isEnvironment: boolean }
  | { readonly failure: VivariumError }
);

/**
 * Lists the Pythons of this machine: those on `PATH`, of version managers, of Windows's registry, in this order. Several
 * are asked at once. Two paths that lead to the same executable are one Python, unless one of them is an environment.
 * What can't be started, or isn't a Python, comes with the reason.
 */
export async function* listInterpreters(
  context: Context,
  { spec, all, others = [] }: ListRequest = {},
): AsyncGenerator<Listed> {
  const candidates = spec?.kind === 'path' ? explicitCandidates(spec, context) : mayFit(spec, { context, others });
  const listed = new Set<string>();
  for await (const probed of probeInOrder(candidates, context, 2 * availableParallelism())) {
    const { executable, source } = probed.candidate;
    if ('failure' in probed) {
      yield { executable, source, failure: probed.failure };
      continue;
    }
    const { interpreter } = probed;
    const identity = `${interpreter.realExecutable}\n${interpreter.prefix}`;
    if (listed.has(identity) && !all) continue;
    if (spec !== undefined && matchesSpec(interpreter, spec) !== true) continue;
    listed.add(identity);
    yield { executable, source, interpreter, isEnvironment: interpreter.prefix !== interpreter.basePrefix };
  }
}

/** The candidates, but those that by their build details (PEP 739) don't fit and so need no start. */
async function* mayFit(spec: VersionSpec | undefined, places: Places): AsyncIterable<Candidate> {
  for await (const candidate of everyCandidate(spec, places)) {
    const details = spec && buildDetailsOf(candidate.executable);
    if (!details || whyNot(details, spec) === undefined) yield candidate;
  }
}

interface Places {
  readonly context: Context;
  readonly others: readonly ConfiguredDiscoverer[];
}

async function* everyCandidate(spec: VersionSpec | undefined, { context, others }: Places): AsyncIterable<Candidate> {
  yield* listCandidates(spec, context);
  for (const { discoverer, settings } of others) yield* askDiscoverer(discoverer, { spec, settings, context });
}
