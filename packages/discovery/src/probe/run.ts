import { capture } from '@vivarium/core/internal';

/** A process to start, and how long and how much to listen to it. */
export interface ProbeProcess {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** In milliseconds. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
  /** Asked with all of the output so far; the run is over as soon as it gives something. */
  readonly findAnswer: (output: string) => string | undefined;
}

/** How a run ended. */
export type Ending =
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'not started'; readonly cause: unknown }
  | { readonly kind: 'ended'; readonly status: number | string; readonly errors: string }
  | { readonly kind: 'hung' }
  | { readonly kind: 'flooded' };

// In characters.
const OUTPUT_LIMIT = 1 << 20;
const ERRORS_LIMIT = 1 << 12;

/**
 * Starts a process and listens for its answer. Whatever happens, the process and all that it started are gone when this
 * is over.
 *
 * @throws the reason of `signal` when that is aborted
 */
export async function run({ findAnswer, ...request }: ProbeProcess): Promise<Ending> {
  let answer: string | undefined;
  const { ending, status, stderr, cause } = await capture({
    ...request,
    // What it prints besides the answer can be in any encoding.
    encoding: 'latin1',
    outputLimit: OUTPUT_LIMIT + 1,
    isEnough: (stdout) => {
      answer = findAnswer(stdout);
      return answer !== undefined || stdout.length > OUTPUT_LIMIT;
    },
  });
  if (answer !== undefined) return { kind: 'answered', answer };
  switch (ending) {
    case 'enough':
      return { kind: 'flooded' };
    case 'timed out':
      return { kind: 'hung' };
    case 'not started':
      return { kind: 'not started', cause };
    case 'exited':
      return { kind: 'ended', status: status ?? 'unknown', errors: stderr.slice(-ERRORS_LIMIT) };
  }
}
