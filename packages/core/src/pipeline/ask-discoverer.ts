import { isAbsolute } from 'node:path';
import type { Context } from '../context.ts';
import type { Candidate, Discoverer } from '../discoverer.ts';
import { isObject } from '../plan/matches.ts';
import type { Options, Settings } from '../settings/option.ts';
import type { Spec } from '../spec/spec.ts';
import { badAnswer, callPlugin } from './call-plugin.ts';
import { showValue } from './check-steps.ts';

/** What a discoverer is asked with. */
export interface DiscoveryRequest {
  readonly spec: Spec | undefined;
  readonly settings: Settings<Options>;
  readonly context: Context;
  /** Lets it fetch what is not on this machine, instead of looking for what is. */
  readonly fetches?: boolean;
}

/** The candidates of a discoverer, one by one. What it throws or answers wrongly is blamed on it by name. */
export async function* askDiscoverer(
  discoverer: Discoverer,
  { spec, settings, context, fetches = false }: DiscoveryRequest,
): AsyncIterable<Candidate> {
  const purpose = fetches ? 'fetch an interpreter' : 'look for interpreters';
  const asked = fetches ? discoverer.fetch : discoverer;
  if (asked === undefined) return;
  const answer = await callPlugin(discoverer, purpose, () => asked.candidates(spec, settings, context));
  if (!isObject(answer)) throw badAnswer(discoverer, `${showValue(answer)} where candidates should be`);
  const iterator =
    Symbol.asyncIterator in answer
      ? answer[Symbol.asyncIterator]()
      : (answer as Partial<Iterable<Candidate>>)[Symbol.iterator]?.();
  if (iterator === undefined) throw badAnswer(discoverer, `${showValue(answer)}, which can't be iterated over`);
  try {
    for (;;) {
      const { done, value } = await callPlugin(discoverer, purpose, () => iterator.next());
      if (done) return;
      yield checkCandidate(discoverer, value);
    }
  } finally {
    await iterator.return?.();
  }
}

function checkCandidate(discoverer: Discoverer, candidate: Candidate): Candidate {
  const { executable, source } = Object(candidate) as Readonly<Record<string, unknown>>;
  if (typeof executable === 'string' && isAbsolute(executable) && typeof source === 'string') return candidate;
  throw badAnswer(
    discoverer,
    `a candidate without an absolute \`executable\` and a \`source\`: ${showValue(candidate)}`,
  );
}
