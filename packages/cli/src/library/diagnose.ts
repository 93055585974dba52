import { resolve } from 'node:path';
import type { Options } from '@vivarium/core/host';
import type { Diagnosis, Finding, Repair, Skipped } from '@vivarium/environments';
import { currentDirectory } from '../start/cwd.ts';
import { checkPath } from './check-value.ts';

/** How an environment is diagnosed. */
export interface DiagnosisOptions {
  /** What a relative path is resolved against. @default process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** Whether packages are compared with what was installed; it takes as long as reading all their files. @default true */
  readonly packages?: boolean | undefined;
  /** Today, for ends of life. @default now */
  readonly now?: Date | undefined;
}

/** How an environment is repaired. */
export interface RepairOptions {
  /** The Python to use as base; one of another minor version creates the environment again. @default one like its own */
  readonly python?: string | undefined;
  /** Only plans. @default false */
  readonly dryRun?: boolean | undefined;
  /** The variables to work with. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What relative paths are resolved against. @default process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** The directory of the cache. */
  readonly appData?: string | URL | undefined;
  /** A directory with seed wheels, where they are not next to the library. */
  readonly seedWheels?: string | URL | undefined;
  /** Aborting it leaves the environment as it was. */
  readonly signal?: AbortSignal | undefined;
  readonly onWarn?: ((message: string) => void) | undefined;
  readonly onDebug?: ((message: string) => void) | undefined;
}

/** What was repaired, or would be. */
export interface RepairedEnvironment {
  /** What was found before. */
  readonly diagnosis: Diagnosis;
  /** The codes of the findings that were repaired. */
  readonly fixed: Repair['fixes'];
  /** Every step; empty where there was nothing to do. */
  readonly steps: NonNullable<Repair['changes']>['steps'];
  /** What is left, and why. */
  readonly skipped: readonly Skipped[];
  /** What is still found; after a dry run what was found before. */
  readonly remaining: readonly Finding[];
}

/** What the function of the package does that has this name. */
export async function diagnoseEnvironment(
  directory: string | URL,
  { cwd, packages = true, now = new Date() }: DiagnosisOptions = {},
): Promise<Diagnosis> {
  const { diagnose } = await import('@vivarium/environments');
  return diagnose(resolve(directoryOf(cwd), checkPath(directory)), { packages, now });
}

/** What the function of the package does that has this name. */
export async function repairEnvironment(
  directory: string | URL,
  options: RepairOptions = {},
): Promise<RepairedEnvironment> {
  const { repairEnvironment: repair } = await import('../environments/repair.ts');
  const { python, dryRun = false, env = process.env, appData, seedWheels, onWarn, onDebug } = options;
  const cwd = directoryOf(options.cwd);
  const done = await repair({
    path: resolve(cwd, checkPath(directory)),
    python,
    dryRun,
    ...{ env, cwd, signal: options.signal ?? new AbortController().signal },
    warn: (message) => onWarn?.(message),
    debug: (message) => onDebug?.(message),
    flags: appData === undefined ? {} : { appData: { flag: 'appData', value: resolve(cwd, checkPath(appData)) } },
    pluginFlags: (declared: Options) => {
      if (seedWheels === undefined || !Object.hasOwn(declared, 'seedWheels')) return {};
      return { seedWheels: { flag: 'seedWheels', value: resolve(cwd, checkPath(seedWheels)) } };
    },
  });
  const { diagnosis, repair: planned, skipped, remaining } = done;
  return { diagnosis, fixed: planned.fixes, steps: planned.changes?.steps ?? [], skipped, remaining };
}

function directoryOf(cwd: string | URL | undefined): string {
  return cwd === undefined ? currentDirectory() : resolve(checkPath(cwd));
}
