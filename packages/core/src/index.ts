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
} from './activator.ts';
export { type Applied, type ApplyRequest, applyPlan } from './apply/apply.ts';
export { recoverDestination } from './apply/recover.ts';
export { type Cache, type CacheDirectory, type CacheRequest, openCache } from './cache/cache.ts';
export { defaultCacheDirectory } from './cache/default-directory.ts';
export { cleanCache, pruneCache } from './cache/empty.ts';
export { type CacheSettings, configuredCacheDirectory, openConfiguredCache } from './cache/open-configured.ts';
export { type CacheEntry, cacheEntries } from './cache/usage.ts';
export type { Context } from './context.ts';
export { type Creation, type CreationRequest, type Creator, defineCreator } from './creator.ts';
export { type ModeRequest, planMode } from './destination/plan-mode.ts';
export { resolveDestination } from './destination/resolve-destination.ts';
export { type Candidate, type Discoverer, defineDiscoverer } from './discoverer.ts';
export { type Environment, inEnvironment, type Layout, pathsOf, promptOf } from './environment.ts';
export { type ErrorDetails, type ErrorJson, isVivariumError, messageOf, systemCode, VivariumError } from './error.ts';
export { type ErrorCode, type ErrorEntry, errors, type PluginErrorCode } from './errors.ts';
export type { ErrorExitCode } from './exit-codes.ts';
export { fingerprint } from './fingerprint.ts';
export { homeDirectory, xdgDirectory } from './home.ts';
export {
  findImplementation,
  type Implementation,
  type ImplementationId,
  implementationEntries,
  implementations,
} from './implementations.ts';
export {
  describeInterpreter,
  formatMinorVersion,
  formatVersion,
  formatVersionInfo,
  type InstallScheme,
  type Interpreter,
  isAtLeast,
  type PythonVersion,
  type ReleaseLevel,
  type SharedLibrary,
} from './interpreter.ts';
export { askDiscoverer, type DiscoveryRequest } from './pipeline/ask-discoverer.ts';
export { callPlugin } from './pipeline/call-plugin.ts';
export { checkSupport } from './pipeline/check-answers.ts';
export type { FindInterpreter, FindRequest } from './pipeline/find-interpreter.ts';
export { openRun, type Run, type RunRequest } from './pipeline/open-run.ts';
export { planEnvironment } from './pipeline/plan-environment.ts';
export type { PlanningRequest, PluginSettings } from './pipeline/planning-request.ts';
export { type Prepared, type PrepareRequest, preparePlan } from './pipeline/prepare.ts';
export type { Participant, Plan, PlanMode, SeedPackage, SkippedActivator, SummaryEntry } from './plan/plan.ts';
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
} from './plan/step.ts';
export { stepLine } from './plan/step-kinds.ts';
export {
  type Awaitable,
  CONTRACT,
  PLUGIN_KINDS,
  type Plugin,
  type PluginKind,
  SETTING_OF,
  type Support,
} from './plugin.ts';
export { checkPlugin } from './plugins/by-name/check-plugin.ts';
export type { OfficialPlugins, PluginAliases, PluginTable } from './plugins/official-plugins.ts';
export { openPluginSource } from './plugins/open-plugin-source.ts';
export type { PluginHost } from './plugins/plugin-host.ts';
export type { PluginOrigin, PluginSource } from './plugins/plugin-source.ts';
export { type SelectedPlugins, selectPlugins } from './plugins/select-plugins.ts';
export { printable } from './printable.ts';
export { readConfiguration } from './pyvenv-cfg/read.ts';
export type { Tool } from './pyvenv-cfg/write.ts';
export { readSmallFile, type SmallFile } from './read-small-file.ts';
export { nearName } from './report/near-name.ts';
export { type Outcome, reportLines } from './report/report.ts';
export { defineSeeder, type Seeder, type Seeding } from './seeder.ts';
export { type CoreSettings, coreOptions } from './settings/core-options.ts';
export { configKeys, longNames, type SettingName, variableNames } from './settings/names.ts';
export {
  type BooleanOption,
  type ChoiceOption,
  type CountOption,
  defineOptions,
  kebabCase,
  type ListOption,
  type Option,
  type Options,
  type OptionValue,
  type PathOption,
  type PathsOption,
  type Settings,
  type SpecsOption,
  type StringOption,
} from './settings/option.ts';
export { type ProjectRule, projectRules } from './settings/project-rules.ts';
export { type ResolvedSettings, resolveSettings, type SettingProblem } from './settings/resolve.ts';
export { type SettingsSchema, settingsSchema } from './settings/schema.ts';
export type { ConfigTable, FlagValue, SettingLayers, SettingSource } from './settings/source.ts';
export { unknownKeys } from './settings/unknown-keys.ts';
export { unifyMachine } from './spec/machine.ts';
export { invalidSpec, isPathText, readSpec } from './spec/read-spec.ts';
export type { PathSpec, Spec, VersionSpec } from './spec/spec.ts';
export { temporaryName } from './temporary-name.ts';
