import type { Spec } from '@vivarium/core/plugin';

/** One thing to look for. */
export interface Wanted {
  /** How messages call it. */
  readonly text: string;
  /** Missing means: what a user means who said nothing. */
  readonly spec?: Spec;
  /** The variable or file that asks for it. */
  readonly source?: string;
}
