import type { Plan } from '@vivarium/core/host';
import type { Diagnosis } from '@vivarium/environments';
import { type CreatedEnvironment, createdFrom, openCall } from './library/create.ts';
import type { DiagnosisOptions, RepairedEnvironment, RepairOptions } from './library/diagnose.ts';
import type { EnsuredEnvironment } from './library/ensure.ts';
import type { EnvironmentOptions, LockOptions } from './library/environment-options.ts';
import type { InspectedEnvironment, InspectionOptions } from './library/inspect.ts';
import type { PackageLock } from './library/lock-packages.ts';
import type { FoundPython, PythonSearchOptions } from './library/pythons.ts';

export type {
  Applied,
  ChangePlan,
  Environment,
  ErrorCode,
  ErrorJson,
  Interpreter,
  LinkMode,
  Plan,
  PluginErrorCode,
  RunEvent,
  SeedPackage,
  Step,
  WarningCode,
} from '@vivarium/core/host';
export { isVivariumError, VivariumError } from '@vivarium/core/host';
export type {
  Diagnosis,
  Finding,
  FindingCode,
  Inspection,
  Listed,
  ListedEnvironment,
  Relocated,
  Remedy,
  Severity,
  Skipped,
  TrashEntry,
  Undone,
} from '@vivarium/environments';
export { type ApplyOptions, applyPlan } from './library/apply.ts';
export type { CreatedEnvironment } from './library/create.ts';
export type { DiagnosisOptions, RepairedEnvironment, RepairOptions } from './library/diagnose.ts';
export type { EnsuredEnvironment, EnsureOutcome } from './library/ensure.ts';
export type {
  EnvironmentOptions,
  LockOptions,
  PluginSettings,
  PluginSettingValue,
} from './library/environment-options.ts';
export type { EnvironmentHandle, EnvironmentPaths, RunOptions, RunResult } from './library/handle.ts';
export type { InspectedEnvironment, InspectionOptions } from './library/inspect.ts';
export {
  cloneEnvironment,
  type ListOptions,
  listEnvironments,
  moveEnvironment,
  type PrunedEnvironment,
  type PruneOptions,
  pruneEnvironments,
  type RelocateOptions,
  type RemoveOptions,
  removedEnvironments,
  removeEnvironment,
  restoreEnvironment,
} from './library/keep-environments.ts';
export type { PackageLock } from './library/lock-packages.ts';
export type { FoundPython, PythonSearchOptions } from './library/pythons.ts';

/**
 * Creates a Python virtual environment. It appears at its destination whole, or not at all.
 *
 * @example
 * const environment = await createEnvironment({ destination: '.venv', python: '>=3.10' });
 * await environment.run(['-m', 'pip', 'install', 'requests']);
 *
 * @throws VivariumError with a permanent `code`, a sentence and a hint, in the names of the options; `SETTING_INVALID`
 *   for options that are unknown or of the wrong type
 */
export async function createEnvironment(options: EnvironmentOptions): Promise<CreatedEnvironment> {
  const call = openCall(options);
  try {
    return createdFrom(await call.create());
  } catch (error) {
    throw call.inWords(error);
  }
}

/**
 * Plans an environment without creating it: every directory, file, link and process, as data, for `applyPlan`. Only the
 * cache is written to.
 *
 * @throws VivariumError as {@link createEnvironment} does
 */
export async function planEnvironment(options: EnvironmentOptions): Promise<Plan> {
  const call = openCall(options);
  try {
    return (await call.create({ dryRun: true })).plan;
  } catch (error) {
    throw call.inWords(error);
  }
}

/**
 * Sees to it that there is a complete environment of the Python that is asked for, whichever tool created it. One that is
 * there is left as the user has it: its packages stay, seeds that were changed or removed are not put back. Two calls for
 * one destination at the same time, in one process or in two, end with the same environment, which one of them created.
 *
 * @example
 * const { paths, variables } = await ensureEnvironment({ destination: join(dataDirectory, 'python'), python: '>=3.10' });
 * spawn(paths.executable, ['-m', 'tool'], { env: variables() });
 *
 * @throws VivariumError as {@link createEnvironment} does
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<EnsuredEnvironment> {
  return (await import('./library/ensure.ts')).ensure(options);
}

/**
 * Says what an environment is, whatever tool created it: who made it, its Python and the base of that, whether it is
 * complete, and what it lacks, with a code for each problem. Nothing is written, and nothing is started unless that is
 * asked for.
 *
 * @param directory the environment, or a `.venv` file that names it
 * @throws VivariumError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NOT_READABLE`; with `start`, those of a Python that can't
 *   be asked
 */
export async function inspectEnvironment(
  directory: string | URL,
  options?: InspectionOptions,
): Promise<InspectedEnvironment> {
  return (await import('./library/inspect.ts')).inspectEnvironment(directory, options);
}

/**
 * Looks for everything that is wrong with an environment, whatever tool created it, as `vivarium doctor` does. Each finding
 * has a permanent code and what fixes it. Nothing is started and nothing is written.
 *
 * @param directory the environment, or a `.venv` file that names it
 * @example
 * const { findings } = await diagnoseEnvironment('.venv');
 * for (const { code, message, remedy } of findings) console.log(code, message, remedy.command);
 *
 * @throws VivariumError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NOT_READABLE`
 */
export async function diagnoseEnvironment(directory: string | URL, options?: DiagnosisOptions): Promise<Diagnosis> {
  return (await import('./library/diagnose.ts')).diagnoseEnvironment(directory, options);
}

/**
 * Fixes what {@link diagnoseEnvironment} finds by the smallest changes, which appear whole or not at all, as
 * `vivarium repair` does. What is left is in `skipped`, with the reason.
 *
 * @param directory the environment, or a `.venv` file that names it
 * @throws VivariumError as {@link diagnoseEnvironment} does, and what applying the changes can throw
 */
export async function repairEnvironment(
  directory: string | URL,
  options?: RepairOptions,
): Promise<RepairedEnvironment> {
  return (await import('./library/diagnose.ts')).repairEnvironment(directory, options);
}

/**
 * Finds a Python: the one that an environment would be created with.
 *
 * @param spec a path, a version (`'3.12'`, `'pypy3.10'`, `'3.13t'`), a range (`'>=3.9,<3.13'`), or several of these in
 *   order of preference. @default any Python 3
 * @example
 * const { executable, version } = await findPython('>=3.10'); // '/usr/bin/python3', '3.12.4'
 * @throws VivariumError `INTERPRETER_NOT_FOUND`, whose message says what was found instead, and the other errors of a
 *   search
 */
export async function findPython(
  spec?: string | URL | readonly (string | URL)[],
  options?: PythonSearchOptions,
): Promise<FoundPython> {
  return (await import('./library/pythons.ts')).findPython(spec, options);
}

/**
 * Lists the Pythons of this machine, newest first. What only has the name of a Python is skipped.
 *
 * @param spec only those that it selects
 * @throws VivariumError `SPEC_INVALID`
 */
export async function listPythons(spec?: string, options?: PythonSearchOptions): Promise<readonly FoundPython[]> {
  return (await import('./library/pythons.ts')).listPythons(spec, options);
}

/**
 * Resolves requirements into a lock for one Python, with pip or uv. Nothing is installed.
 *
 * @example
 * const { text } = await lockPackages({ with: ['django>=5,<6'], python: '3.13' });
 * writeFileSync('pylock.toml', text);
 *
 * @throws VivariumError `RESOLUTION_FAILED` with what the resolver says, and as {@link createEnvironment} does
 */
export async function lockPackages(options: LockOptions): Promise<PackageLock> {
  return (await import('./library/lock-packages.ts')).lockPackages(options);
}
