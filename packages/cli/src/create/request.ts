import type {
  Applied,
  CacheSetting,
  CoreSettings,
  DecidePackages,
  Options,
  Plan,
  PlanSetting,
  PluginKind,
  PluginSourceSetting,
  RunRequest,
  SETTING_OF,
  SelectedPlugins,
  Settings,
  Tool,
} from '@vivarium/core/host';
import { packageVersion } from '../version.ts';
import type { RedirectOutcome } from './write-redirect.ts';

/** Where a run takes place and whom it tells. */
export type RunContext = Pick<RunRequest, 'env' | 'cwd' | 'signal' | 'program' | 'warn' | 'debug' | 'emit' | 'pause'>;

/** When a redirect to an environment is written, and where. */
export interface RedirectPolicy {
  /** The project that it is written into; only for environments that are kept elsewhere. */
  readonly directory?: string;
  /** Whether virtualenv's rule decides where the settings say nothing. */
  readonly isDefault?: true;
}

/** The core settings that decide which packages are installed. */
export type PackageSetting =
  | 'allowBuild'
  | 'exact'
  | 'extras'
  | 'groups'
  | 'lock'
  | 'offline'
  | 'requirements'
  | 'resolver'
  | 'with'
  | 'writeLock';

/**
 * The core settings by what depends on them. One that is declared and missing here has no effect, and does not compile
 * where a run is opened.
 */
type SettingInUse =
  | CacheSetting
  | PackageSetting
  | PlanSetting
  | PluginSourceSetting
  | (typeof SETTING_OF)[PluginKind]
  | 'python'
  // The default; it is declared to exclude `copies`.
  | 'symlinks';

/** How environments are created. */
export interface CreateRequest extends RunContext {
  readonly plugins: SelectedPlugins;
  readonly settings: Pick<CoreSettings, SettingInUse> & Settings<Options>;
  /** Plan only. */
  readonly dryRun: boolean;
  /** The program that is at work, as `pyvenv.cfg` names it. @default vivarium */
  readonly tool?: Tool;
  /** Whether an environment that is replaced can be restored for a day. @default false */
  readonly isUndoable?: boolean;
  /** Whether `requires-python` of the project counts where no Python is asked for. @default false */
  readonly readsProject?: boolean;
  /** A redirect besides the one that the settings ask for. */
  readonly redirect?: RedirectPolicy;
  /** Decides which packages are installed besides the seeds, where it is not the lock of the settings that does. */
  readonly decidePackages?: DecidePackages;
  /** The absolute path of a file for the bill of materials. */
  readonly sbom?: string;
}

/** What was created, or would be. */
export interface CreateResult {
  readonly plan: Plan;
  /** Missing after a dry run. */
  readonly applied?: Applied;
  readonly cacheDirectory: string;
  /** Missing where no redirect was wanted. */
  readonly redirect?: RedirectOutcome;
  /** From the start of the process until the environment stood: what the person at the keyboard has waited. */
  readonly milliseconds: number;
}

/** The program that is at work. */
export function toolOf({ tool }: CreateRequest): Tool {
  return tool ?? { name: 'vivarium', version: packageVersion() };
}
