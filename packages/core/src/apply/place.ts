import type { LinkMode } from '../plan/step.ts';

/** Where steps are done. */
export interface Place {
  /** The environment's root: the destination, or the staging directory. Nothing creates it again when it is gone. */
  readonly root: string;
  /** The same for other programs. */
  readonly rootName: string;
  /** Nothing is in the way there; elsewhere each file is created under another name and renamed to its own. */
  readonly isFresh: boolean;
  /** Other work may come in between two files of a tree. */
  readonly isDivided: boolean;
  /** Filled with the ways in which files of trees were put in. */
  readonly linkModes: Set<LinkMode>;
}
