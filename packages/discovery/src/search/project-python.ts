/** A version or a range that a file of a project asks for. */
export interface ProjectPython {
  /** As it is written there: `>=3.10`. */
  readonly text: string;
  /** The file, for messages. */
  readonly source: string;
}

/** Reads what the files of a project ask for, besides `.python-version`. */
export type ReadProject = () => Promise<ProjectPython | undefined>;
