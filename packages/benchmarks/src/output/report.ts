import type { Machine } from '../lab/machine.ts';
import type { Reference } from '../measure/quiet.ts';
import type { CaseResult, ContenderResult } from '../measure/run-case.ts';
import type { Measure, Sample } from '../measure/sample.ts';
import { type Rounds, ratioOf, type Spread, spreadOf } from '../measure/statistics.ts';

/** All that a run of the benchmark has found out: what is written as JSON. */
export interface Report {
  /** ISO 8601. */
  readonly takenAt: string;
  /** The commit that was measured. */
  readonly commit: string;
  readonly rounds: number;
  readonly machine: Machine;
  readonly reference: Reference;
  /** Who or what could not be measured, and why. */
  readonly missing: Readonly<Record<string, string>>;
  readonly cases: readonly CaseReport[];
}

export interface CaseReport {
  readonly name: string;
  readonly title: string;
  readonly measures: readonly Measure[];
  readonly rows: readonly Row[];
}

/** A contender's figures. */
export interface Row {
  readonly name: string;
  readonly group?: string;
  readonly rounds: number;
  readonly figures: Readonly<Partial<Record<Measure, Figure>>>;
  /** What the figures are taken from, by the number of the round. */
  readonly samples: Readonly<Record<number, Sample>>;
  readonly failure?: string;
}

export interface Figure extends Spread {
  /** How many times the figure of the first of the group that has any, round by round. That one has none itself. */
  readonly ratio?: Spread;
}

/** Sums the rounds of a case up. */
export function reportOf({ name, title, measures, contenders }: CaseResult): CaseReport {
  const rows = contenders.map((contender): Row => {
    const first = contenders.find(({ group, samples }) => group === contender.group && samples.size > 0);
    const figures = measures.flatMap((measure) => {
      const values = valuesOf(contender, measure);
      if (values.size === 0) return [];
      const ratio = first === undefined || first === contender ? undefined : ratioOf(values, valuesOf(first, measure));
      return [[measure, { ...spreadOf([...values.values()]), ...(ratio && { ratio }) }]];
    });
    const { group, failure } = contender;
    return {
      name: contender.name,
      ...(group && { group }),
      rounds: contender.samples.size,
      figures: Object.fromEntries(figures),
      samples: Object.fromEntries(contender.samples),
      ...(failure && { failure }),
    };
  });
  return { name, title, measures, rows };
}

function valuesOf({ samples }: ContenderResult, measure: Measure): Rounds {
  return new Map(
    [...samples].flatMap(([round, sample]) => {
      const value = sample[measure];
      return value === undefined ? [] : [[round, value]];
    }),
  );
}
