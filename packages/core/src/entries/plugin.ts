/**
 * Everything that the author of a plugin needs: the contracts of the four kinds, options, what plugins are told about
 * interpreters and environments, the steps they plan, and errors.
 *
 * @packageDocumentation
 */
export {
  type ActivationCommand,
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  fillScript,
  pathEntryProblem,
  type ScriptValues,
  scriptValues,
} from '../activator.ts';
export type { Cache, CacheDirectory } from '../cache/cache.ts';
export type { Context, OwnProgram } from '../context.ts';
export { type Creation, type CreationRequest, type Creator, defineCreator } from '../creator.ts';
export {
  type Candidate,
  type ConfiguredDiscoverer,
  type Discoverer,
  defineDiscoverer,
  type FetchMode,
  type PythonFetching,
} from '../discoverer.ts';
export { type Environment, inEnvironment, type Layout, pathsOf, promptOf } from '../environment.ts';
export { type ErrorDetails, type ErrorJson, isVivariumError, messageOf, systemCode, VivariumError } from '../error.ts';
export type { ErrorCode, PluginErrorCode } from '../errors.ts';
export type { RunEvent, Warn, WarningCode } from '../event.ts';
export type { ErrorExitCode } from '../exit-codes.ts';
export {
  describeInterpreter,
  formatMinorVersion,
  formatVersion,
  formatVersionInfo,
  type InstallScheme,
  type Interpreter,
  type InterpreterSystem,
  isAtLeast,
  type PythonVersion,
  type ReleaseLevel,
  type SharedLibrary,
} from '../interpreter.ts';
export type { DirectUrl, PackageToInstall } from '../packages/package-to-install.ts';
export type { SeedPackage, SummaryEntry } from '../plan/plan.ts';
export type {
  CopyStep,
  DirectoryStep,
  FileStep,
  LinkMode,
  RemoveStep,
  RunStep,
  Step,
  SymlinkStep,
  TreeStep,
} from '../plan/step.ts';
export { type Awaitable, CONTRACT, type Plugin, type PluginKind, type Support } from '../plugin.ts';
export { defineSeeder, type Seeder, type Seeding, type SeedingRequest, type Seeds } from '../seeder.ts';
export {
  type BooleanOption,
  type ChoiceOption,
  type CountOption,
  defineOptions,
  type ListOption,
  type Option,
  type Options,
  type OptionValue,
  type PathOption,
  type PathsOption,
  type Settings,
  type SpecsOption,
  type StringOption,
} from '../settings/option.ts';
export type { Pause } from '../slices.ts';
export type { PathSpec, Spec, VersionSpec } from '../spec/spec.ts';
