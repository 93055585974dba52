import type { Plan, Step } from '@vivarium/core';

/** A plan for people: one line for each step, in order. */
export function dryRunLines(plan: Plan): readonly string[] {
  const verb = { create: 'create', refresh: 'refresh', replace: 'replace' }[plan.mode];
  return [`would ${verb} ${plan.environment.destination}`, ...plan.steps.map((step) => `  ${describe(step)}`)];
}

function describe(step: Step): string {
  switch (step.kind) {
    case 'symlink':
      return `symlink ${step.path} -> ${step.target}`;
    case 'copy':
      return `copy ${step.path} from ${step.source}`;
    case 'tree':
      return `tree ${step.path}: ${step.files.length} files from ${step.source} by ${step.link.join(' or ')}`;
    case 'run':
      return `run ${step.command.join(' ')}`;
    default:
      return `${step.kind} ${step.path}`;
  }
}
