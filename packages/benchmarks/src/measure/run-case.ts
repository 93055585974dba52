import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import type { Sample } from './sample.ts';

/** What a case has come to. */
export interface CaseResult {
  readonly name: string;
  readonly title: string;
  readonly measures: Case['measures'];
  readonly contenders: readonly ContenderResult[];
}

/** What a contender has come to. */
export interface ContenderResult {
  readonly name: string;
  readonly group?: string;
  /** By the number of the round. */
  readonly samples: ReadonlyMap<number, Sample>;
  /** Why it has no samples, or not all. */
  readonly failure?: string;
}

/**
 * Runs a case: in every round each contender once, each round beginning with another of them, so that what else goes on
 * on the machine meets all alike. One round goes before and is forgotten.
 */
export async function runCase(it: Case, lab: Lab, wanted: number): Promise<CaseResult> {
  const running = (await it.contenders(lab)).map((contender) => new Run(contender));
  const rounds = Math.max(1, Math.round(wanted * (it.share ?? 1)));
  for (let round = lab.isSmall ? 1 : 0; round <= rounds; round++) {
    for (const index of running.keys()) await running[(index + round) % running.length]?.take(round);
  }
  const { name, title, measures } = it;
  return { name, title, measures, contenders: running.map((run) => run.result()) };
}

class Run {
  readonly #contender: Contender;
  readonly #samples = new Map<number, Sample>();
  #failure: string | undefined;

  constructor(contender: Contender) {
    this.#contender = contender;
  }

  async take(round: number): Promise<void> {
    const isItsTurn = round === 0 || (round - 1) % (this.#contender.every ?? 1) === 0;
    if (this.#failure !== undefined || !isItsTurn) return;
    try {
      const sample = await this.#contender.measure(round);
      if (round > 0) this.#samples.set(round, sample);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  result(): ContenderResult {
    const { name, group } = this.#contender;
    const failure = this.#failure;
    return { name, samples: this.#samples, ...(group && { group }), ...(failure && { failure }) };
  }
}
