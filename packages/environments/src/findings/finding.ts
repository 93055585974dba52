import type { FindingCode, RemedyKind, Severity } from './table.ts';

/** What fixes a finding. */
export interface Remedy {
  readonly kind: RemedyKind;
  /** What to type, with quoted paths; it works as it is in a POSIX shell. */
  readonly command: string;
  /** What to type where `vivarium repair` has no copy of what is to be restored: it needs the network. */
  readonly otherwise?: string;
}

/** Something wrong with an environment. */
export interface Finding {
  /** Permanent. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** One sentence with the values. */
  readonly message: string;
  /** What it is about, relative to the environment, written with `/`; absolute outside of it. */
  readonly paths: readonly string[];
  readonly remedy: Remedy;
}

/** A finding before the table adds what all of its kind share. */
export interface Found {
  readonly code: FindingCode;
  readonly message: string;
  readonly paths?: readonly string[];
  /** The command, where it is not `vivarium repair`. */
  readonly command?: string;
  readonly otherwise?: string;
  /** The kind of remedy, where it is not that of the table. */
  readonly kind?: RemedyKind;
}
