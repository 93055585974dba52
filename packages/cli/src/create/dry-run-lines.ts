import { type Plan, stepLine } from '@vivarium/core/host';
import type { RedirectOutcome } from './write-redirect.ts';

/** A plan for people: one line for each step, in order. */
export function dryRunLines(plan: Plan, redirect?: RedirectOutcome): readonly string[] {
  const { destination } = plan.environment;
  const lines = [`would ${plan.mode} ${destination}`, ...plan.steps.map((step) => `  ${stepLine(step)}`)];
  return redirect !== undefined && 'file' in redirect
    ? [...lines, `would write the redirect ${redirect.file} to ${destination}`]
    : lines;
}
