import type { Environment } from '../environment.ts';
import { carryOver, isEnvironment } from '../packages/carry-over.ts';
import { checkCollisions } from '../packages/check-collisions.ts';
import type { PackageDecision } from '../packages/decide-packages.ts';
import type { SeedPackage } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import { inSlices, type Pause } from '../slices.ts';

/** What the packages of a list are planned for. */
export interface PackagesRequest {
  readonly environment: Environment;
  readonly decision: PackageDecision;
  /** All that is installed, the seeds too. */
  readonly packages: readonly SeedPackage[];
  /** What is at the destination is kept. */
  readonly isRefresh: boolean;
  readonly pause?: Pause | undefined;
}

/** The steps of an environment whose packages a list decides. */
export interface PackagesPlan {
  /** The environment that exists is exchanged as a whole. */
  readonly isUpdate: boolean;
  readonly steps: readonly Step[];
}

/**
 * Completes the steps of an environment whose packages a list decides. Of an environment that exists, all that is not to
 * go is carried over into a new one, which takes its place as a whole: a run that is killed leaves the old packages or
 * the new ones.
 *
 * @throws VivariumError `PACKAGE_PATH_TAKEN`, `DESTINATION_PROTECTED`
 */
export async function planPackages(
  planned: readonly Step[],
  { environment, decision, packages, isRefresh, pause }: PackagesRequest,
): Promise<PackagesPlan> {
  const { destination } = environment;
  if (!isRefresh || !isEnvironment(destination)) {
    checkCollisions(planned, environment);
    return { isUpdate: false, steps: planned };
  }
  const others = await decision.lookAtOthers?.(new Set(packages.map(({ name }) => name)));
  const { removals, owners } = others ?? { removals: [], owners: new Map<string, string>() };
  const { steps, carried, owned } = await inSlices(
    carryOver({
      destination,
      steps: [...removals, ...planned],
      owners,
      isWrittenTo: planned.some(({ kind }) => kind === 'run'),
    }),
    pause,
  );
  checkCollisions(steps, environment, owned);
  const isRemoval = ({ kind }: Step): boolean => kind === 'remove';
  return {
    isUpdate: true,
    steps: [...steps.filter(isRemoval), ...carried, ...steps.filter((step) => !isRemoval(step))],
  };
}
