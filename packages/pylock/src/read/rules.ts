import type { Node } from './node.ts';

/** How a document is read. */
export interface ReadingRules {
  /** It is not from this machine, so that what it says of this machine's files is refused. */
  readonly isRemote: boolean;
  /** Told about what is not as it should be, and can be used all the same. */
  readonly warn: (node: Node, message: string) => void;
}
