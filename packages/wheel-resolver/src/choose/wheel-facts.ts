/** What is known of a wheel once it was opened. */
export interface WheelFacts {
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** `Requires-Python`; empty when there is none. */
  readonly requiresPython: string;
  /** `Requires-Dist` (PEP 508), those of extras left out. */
  readonly requires: readonly string[];
}
