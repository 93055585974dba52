import { envelope, type JsonError, jsonError } from '../json/envelope.ts';
import type { Console } from '../terminal/console.ts';
import { printError } from '../terminal/print-error.ts';
import { jsonReport } from './json-report.ts';
import { linesOf } from './report.ts';
import type { CreateRequest } from './request.ts';
import type { CreateOutcome } from './run.ts';

/**
 * Prints what became of several environments, in the order in which they were asked for, or the one document of
 * `--json`. The exit code is that of the worst failure.
 */
export async function tellOutcomes(
  outcomes: readonly CreateOutcome[],
  { request, console }: { readonly request: CreateRequest; readonly console: Console },
): Promise<void> {
  const { json, withTraceback } = request.settings;
  if (json) console.print(document(outcomes, request));
  for (const outcome of outcomes) {
    if ('failure' in outcome) {
      const code = printError(outcome.failure, { withTraceback: withTraceback === true });
      process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
    } else if (!json && console.verbosity >= 0) {
      console.print((await linesOf(outcome)).join('\n'));
    }
  }
}

function document(outcomes: readonly CreateOutcome[], { dryRun }: CreateRequest): string {
  const results = outcomes.flatMap((outcome) => ('failure' in outcome ? [] : [outcome]));
  const errors = outcomes.flatMap((outcome): JsonError[] =>
    'failure' in outcome ? [{ ...jsonError(outcome.failure), destination: outcome.destination }] : [],
  );
  const data = dryRun ? { plans: results.map(({ plan }) => plan) } : { environments: results.map(jsonReport) };
  return envelope('create', data, errors);
}
