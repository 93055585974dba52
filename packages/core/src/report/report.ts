import type { Applied } from '../apply/apply.ts';
import { describeInterpreter } from '../interpreter.ts';
import type { Participant, Plan, SeedPackage, SummaryEntry } from '../plan/plan.ts';

/** What a run has to tell when it is done. */
export interface Outcome {
  readonly plan: Plan;
  readonly applied: Applied;
  /** How long the run took, in milliseconds. */
  readonly milliseconds: number;
  /** The directory of the cache. */
  readonly cacheDirectory: string;
}

/** The report for people: virtualenv's lines, so that anyone who knows one can read the other. */
export function reportLines(outcome: Outcome): readonly string[] {
  const { plan } = outcome;
  const python = describeInterpreter(plan.environment.interpreter);
  const done = plan.mode === 'update' ? 'updated' : 'created';
  const lines = [`${done} virtual environment ${python} in ${Math.round(outcome.milliseconds)}ms`];
  lines.push(`  creator ${call(plan.creator)}`);
  if (plan.seeder !== undefined) {
    const listed = plan.seeder.packages.filter(({ isListed }) => isListed);
    const seeds = plan.seeder.packages.filter(({ isListed }) => !isListed);
    lines.push(`  seeder ${call(plan.seeder, ...seedingSummary(outcome))}`);
    if (seeds.length > 0 || listed.length === 0) lines.push(`    added seed packages: ${versions(seeds)}`);
    if (listed.length > 0) lines.push(`    added packages: ${versions(listed)}`);
  }
  if (plan.activators.length > 0) lines.push(`  activators ${plan.activators.map(({ title }) => title).join(',')}`);
  return lines;
}

function versions(packages: readonly SeedPackage[]): string {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map(({ name, version }) => `${name}==${version}`).join(', ');
}

// How trees were put in is known only now, and which cache they came from is core's to say.
function seedingSummary({ plan, applied, cacheDirectory }: Outcome): readonly SummaryEntry[] {
  if (!plan.steps.some((step) => step.kind === 'tree')) return [];
  return [
    ['via', applied.linkModes.join('+')],
    ['app_data_dir', cacheDirectory],
  ];
}

function call({ title, summary }: Participant, ...further: readonly SummaryEntry[]): string {
  return `${title}(${[...summary, ...further].map(([key, value]) => `${key}=${show(value)}`).join(', ')})`;
}

function show(value: SummaryEntry[1]): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : value.join(', ');
}
