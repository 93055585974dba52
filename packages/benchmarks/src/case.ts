import type { Lab } from './lab/lab.ts';
import type { Measure, Sample } from './measure/sample.ts';

/** One of those who are compared in a case. */
export interface Contender {
  readonly name: string;
  /** Those of a group are compared with the first of it; the case as a whole is one group where none is named. */
  readonly group?: string;
  /** It takes part in every so many rounds, because it takes so long. @default 1 */
  readonly every?: number;
  /** Does it once. What has to be prepared and cleared away is done here too, outside of what is measured. */
  measure(round: number): Promise<Sample>;
}

/** One question that the benchmark answers. */
export interface Case {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  readonly measures: readonly [Measure, ...Measure[]];
  /** The part of the wanted rounds that it runs, where every round takes long or all come out the same. @default 1 */
  readonly share?: number;
  /** What takes part; nothing does where it can't be measured, and the reason is in the lab's list of what is missing. */
  contenders(lab: Lab): Promise<readonly Contender[]>;
}
