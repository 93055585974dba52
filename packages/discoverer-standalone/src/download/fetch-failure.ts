/** Why something could not be fetched from one place: a clause that follows the address and a colon. */
export class FetchFailure extends Error {
  /** Whether another attempt at the same place may succeed. */
  readonly mayPass: boolean;
  /** What helps, where the reason tells. */
  readonly advice: Advice | undefined;

  constructor(reason: string, { mayPass = false, advice, cause }: FailureDetails = {}) {
    super(reason, cause === undefined ? undefined : { cause });
    this.mayPass = mayPass;
    this.advice = advice;
  }
}

/** What a failure is about. */
export type Advice = 'offline' | 'certificate' | 'proxy';

interface FailureDetails {
  readonly mayPass?: boolean;
  readonly advice?: Advice | undefined;
  readonly cause?: unknown;
}

/** What helps, in a sentence. */
export const ADVICE: Readonly<Record<Advice, string>> = {
  offline:
    'Check the network. Without one, --python-mirror takes a directory with the archive, whatever its name is there: its hash decides.',
  certificate:
    'Where a company has certificates of its own, NODE_EXTRA_CA_CERTS=FILE names them, and NODE_OPTIONS=--use-system-ca takes those of the system (Node 22.15 and later).',
  proxy: 'Check the proxy that the variable names, with its user and password; NO_PROXY lists hosts that need none.',
};
