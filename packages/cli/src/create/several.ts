import { isVivariumError, messageOf } from '@vivarium/core';
import type { Console } from '../terminal/console.ts';
import { printError } from '../terminal/print-error.ts';
import { jsonOf, linesOf } from './report.ts';
import type { CreateRequest } from './request.ts';
import { type CreateOutcome, runCreateAll } from './run.ts';

/**
 * `vivarium create A B C`, or `vivarium create -p 3.11 -p 3.12 .venv-{python}`: one report for each environment, in the
 * order in which they were asked for. The exit code is that of the worst failure.
 */
export async function createSeveral(
  destinations: readonly string[],
  { request, console }: { readonly request: CreateRequest; readonly console: Console },
): Promise<void> {
  const outcomes = await runCreateAll(destinations, request);
  const { json, withTraceback } = request.settings;
  if (json) console.print(JSON.stringify(await Promise.all(outcomes.map(documentOf)), null, 2));
  for (const outcome of outcomes) {
    if ('failure' in outcome) {
      const code = printError(outcome.failure, { withTraceback: withTraceback === true });
      process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
    } else if (!json && console.verbosity >= 0) {
      console.print((await linesOf(outcome)).join('\n'));
    }
  }
}

async function documentOf(outcome: CreateOutcome): Promise<object> {
  if (!('failure' in outcome)) return jsonOf(outcome);
  const { destination, failure } = outcome;
  const { code, hint } = isVivariumError(failure) ? failure : { code: 'INTERNAL_ERROR', hint: undefined };
  return { format: 1, destination, error: { code, message: messageOf(failure), hint: hint ?? null } };
}
