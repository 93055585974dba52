/**
 * Everything that a tool needs to create environments: settings, plugins by name, plans, the function that applies them,
 * the cache and the report. All of the entry for plugin authors is part of it.
 *
 * @packageDocumentation
 */
export { type Applied, type ApplyRequest, applyPlan } from '../apply/apply.ts';
export { type CacheRequest, openCache } from '../cache/cache.ts';
export { defaultCacheDirectory } from '../cache/default-directory.ts';
export { cleanCache, pruneCache } from '../cache/empty.ts';
export {
  type CacheSetting,
  type CacheSettings,
  configuredCacheDirectory,
  openConfiguredCache,
} from '../cache/open-configured.ts';
export { type CacheEntry, cacheEntries } from '../cache/usage.ts';
export { resolveDestination } from '../destination/resolve-destination.ts';
export { type ErrorEntry, errors } from '../errors.ts';
export type {
  DecidePackages,
  DecisionRequest,
  OtherPackages,
  PackageDecision,
  PackageListSource,
} from '../packages/decide-packages.ts';
export type { PythonBuild } from '../packages/python-build.ts';
export { RECEIPT, type Receipt } from '../packages/receipt.ts';
export type { FindInterpreter, FindRequest } from '../pipeline/find-interpreter.ts';
export { openRun, type Run, type RunRequest } from '../pipeline/open-run.ts';
export { type EnvironmentRequest, type PlanSetting, planEnvironment } from '../pipeline/plan-environment.ts';
export type { PlanningRequest, PluginSettings, SeedingSetting } from '../pipeline/planning-request.ts';
export { type Prepared, type PrepareRequest, preparePlan } from '../pipeline/prepare.ts';
export type { ChangePlan, Participant, Plan, PlanMode, SkippedActivator } from '../plan/plan.ts';
export { stepLine } from '../plan/step-kinds.ts';
export { PLUGIN_KINDS, SETTING_OF } from '../plugin.ts';
export { checkPlugin } from '../plugins/by-name/check-plugin.ts';
export type { OfficialPlugins, PluginAliases, PluginTable } from '../plugins/official-plugins.ts';
export { openPluginSource } from '../plugins/open-plugin-source.ts';
export type { PluginHost, PluginSourceSetting, PluginSourceSettings } from '../plugins/plugin-host.ts';
export type { PluginOrigin, PluginSource } from '../plugins/plugin-source.ts';
export { creatorNames, discovererNames, type SelectedPlugins, selectPlugins } from '../plugins/select-plugins.ts';
export type { Tool } from '../pyvenv-cfg/write.ts';
export { type InvalidRedirect, REDIRECT_NAME, type Redirect, readRedirect } from '../redirect/read-redirect.ts';
export { type Outcome, reportLines } from '../report/report.ts';
export { type CoreSettings, coreOptions } from '../settings/core-options.ts';
export { configKeys, longNames, type SettingName, variableNames } from '../settings/names.ts';
export { type ProjectRule, projectRules } from '../settings/project-rules.ts';
export { type ResolvedSettings, resolveSettings, type SettingProblem } from '../settings/resolve.ts';
export { type SettingsSchema, settingsSchema } from '../settings/schema.ts';
export type { ConfigTable, FlagValue, SettingLayers, SettingSource } from '../settings/source.ts';
export { unknownKeys } from '../settings/unknown-keys.ts';
export * from './plugin.ts';
