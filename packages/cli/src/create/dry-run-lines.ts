import { type Plan, stepLine } from '@vivarium/core/host';

/** A plan for people: one line for each step, in order. */
export function dryRunLines(plan: Plan): readonly string[] {
  return [`would ${plan.mode} ${plan.environment.destination}`, ...plan.steps.map((step) => `  ${stepLine(step)}`)];
}
