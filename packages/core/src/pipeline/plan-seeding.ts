import type { Environment } from '../environment.ts';
import type { PackageDecision } from '../packages/decide-packages.ts';
import type { PackageToInstall } from '../packages/package-to-install.ts';
import { receiptStep } from '../packages/receipt.ts';
import type { Plan, SeedPackage } from '../plan/plan.ts';
import type { FileStep } from '../plan/step.ts';
import type { Seeder, Seeding, Seeds } from '../seeder.ts';
import { callPlugin } from './call-plugin.ts';
import { checkSeeding, checkSeeds } from './check-answers.ts';
import type { PlanningRequest } from './planning-request.ts';

/** What the seeder takes part with. */
export interface SeedingPlan extends Pick<Seeding, 'steps'> {
  readonly participant: NonNullable<Plan['seeder']>;
  /** What was decided to be installed besides the seeds. */
  readonly decision?: PackageDecision;
}

/** Decides what is installed, and has the seeder plan how; `undefined` where nothing is to be installed. */
export async function planSeeding(
  { environment, mode }: Pick<Plan, 'environment' | 'mode'>,
  request: PlanningRequest,
): Promise<SeedingPlan | undefined> {
  const { seeder, context, pluginSettings } = request;
  if (seeder === undefined) return undefined;
  const decision = await request.decidePackages?.({ environment, context });
  const seeds = request.settings.noSeed ? NO_SEEDS : await chooseSeeds(seeder, environment, request);
  const packages = together(seeds.packages, decision);
  const settings = pluginSettings(seeder);
  const getWheels = (wanted: readonly PackageToInstall[]) => wheelsOf(wanted, decision);
  const seeding = await callPlugin(seeder, 'plan the packages', () =>
    seeder.plan({ environment, packages, mode, settings, context, getWheels }),
  );
  const { name, title } = seeder;
  const { steps, packages: answered, summary } = checkSeeding(seeder, seeding, packages);
  const listed = new Set(decision?.packages.map((one) => one.name));
  const installed = answered.map((one): SeedPackage => (listed.has(one.name) ? { ...one, isListed: true } : one));
  const receipt = decision === undefined ? [] : [receiptOf(decision, request, installed)];
  return {
    steps: [...steps, ...receipt],
    participant: { name, title, summary: [...seeds.summary, ...summary], packages: installed },
    ...(decision === undefined ? {} : { decision }),
  };
}

function receiptOf(
  { source, python }: PackageDecision,
  { tool }: PlanningRequest,
  packages: readonly SeedPackage[],
): FileStep {
  return receiptStep({ createdBy: tool, list: source, packages, ...(python === undefined ? {} : { python }) });
}

const NO_SEEDS: Seeds = { packages: [], summary: [] };

async function chooseSeeds(
  seeder: Seeder,
  environment: Environment,
  { pluginSettings, context }: PlanningRequest,
): Promise<Seeds> {
  if (seeder.seeds === undefined) return NO_SEEDS;
  const seeds = await callPlugin(seeder, 'choose the seed packages', () =>
    seeder.seeds?.(environment, pluginSettings(seeder), context),
  );
  return checkSeeds(seeder, seeds);
}

// A lock that lists pip means that pip, and not the one that there would be without it.
function together(
  seeds: readonly PackageToInstall[],
  decision: PackageDecision | undefined,
): readonly PackageToInstall[] {
  if (decision === undefined) return seeds;
  const decided = new Set(decision.packages.map(({ name }) => name));
  return [...seeds.filter(({ name }) => !decided.has(name)), ...decision.packages];
}

async function wheelsOf(
  wanted: readonly PackageToInstall[],
  decision: PackageDecision | undefined,
): Promise<readonly string[]> {
  const decided = new Set(decision?.packages);
  const asked = wanted.filter((one) => decided.has(one));
  const found = asked.length === 0 ? [] : ((await decision?.getWheels(asked)) ?? []);
  const paths = new Map(asked.map((one, index) => [one, found[index]]));
  return wanted.map((one) => {
    const path = paths.get(one) ?? one.path;
    if (path === undefined) throw new TypeError(`The wheel of ${one.name} is asked for, and it was not decided here`);
    return path;
  });
}
