import type { Applied, CoreSettings, Options, Plan, SelectedPlugins, Settings, Tool } from '@vivarium/core/host';
import { packageVersion } from '../version.ts';

/** Where a run takes place and whom it tells. */
export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  readonly debug: (message: string) => void;
}

/** How environments are created. */
export interface CreateRequest extends RunContext {
  readonly plugins: SelectedPlugins;
  readonly settings: CoreSettings & Settings<Options>;
  /** Plan only. */
  readonly dryRun: boolean;
  /** The program that is at work, as `pyvenv.cfg` names it. @default vivarium */
  readonly tool?: Tool;
  /** The absolute path of a file for the bill of materials. */
  readonly sbom?: string;
}

/** What was created, or would be. */
export interface CreateResult {
  readonly plan: Plan;
  /** Missing after a dry run. */
  readonly applied?: Applied;
  readonly cacheDirectory: string;
  /** From the start of the process until the environment stood: what the person at the keyboard has waited. */
  readonly milliseconds: number;
}

/** The program that is at work. */
export function toolOf({ tool }: CreateRequest): Tool {
  return tool ?? { name: 'vivarium', version: packageVersion() };
}
