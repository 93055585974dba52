/** An executable to be described. */
export interface Subject {
  /** Absolute. */
  readonly executable: string;
  /** How messages say where it was found. */
  readonly origin: string;
  /** The environments and wrappers that led here. */
  readonly trail?: ReadonlySet<string>;
}
