import {
  type Applied,
  applyPlan,
  type CoreSettings,
  type Options,
  type Plan,
  preparePlan,
  type SelectedPlugins,
  type Settings,
  type Tool,
} from '@vivarium/core';
import { findInterpreter } from '@vivarium/discovery';
import { packageVersion } from './version.ts';

/** Where a run takes place and whom it tells. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly signal: AbortSignal;
  readonly notice: (message: string) => void;
  readonly trace: (message: string) => void;
}

/** What is to be made. */
export interface CreateRequest extends Surroundings {
  readonly destination: string;
  readonly plugins: SelectedPlugins;
  readonly settings: CoreSettings & Settings<Options>;
  /** Plan only. */
  readonly dryRun: boolean;
  /** The program that is at work, as `pyvenv.cfg` names it. @default vivarium */
  readonly tool?: Tool;
}

/** What was made, or would be. */
export interface CreateResult {
  readonly plan: Plan;
  /** Missing after a dry run. */
  readonly applied?: Applied;
  readonly cacheFolder: string;
}

/** Plans an environment and, unless it is a dry run, makes it. */
export async function runCreate(request: CreateRequest): Promise<CreateResult> {
  const { plan, cache } = await preparePlan({
    ...request,
    tool: request.tool ?? { name: 'vivarium', version: packageVersion() },
    findInterpreter,
  });
  try {
    for (const { name, because } of plan.leftOutActivators) tellLeftOut(request, name, because);
    if (request.dryRun) return { plan, cacheFolder: cache.folder };
    const applied = await applyPlan(plan, { signal: request.signal, env: request.env });
    for (const folder of applied.undeleted) request.notice(`what stood there before could not be deleted: ${folder}`);
    return { plan, applied, cacheFolder: cache.folder };
  } finally {
    cache.close();
  }
}

// Whoever named an activator wants to know; of the default ones it goes without saying that not all fit.
function tellLeftOut(request: CreateRequest, name: string, because: string): void {
  const tell = request.settings.activators === undefined ? request.trace : request.notice;
  tell(`no activation script for ${name}: ${because}`);
}
