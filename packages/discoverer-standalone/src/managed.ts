/**
 * What commands do with managed Pythons: install, upgrade and remove them, and say what there is.
 *
 * @packageDocumentation
 */
export { type AvailableBuild, availableBuilds } from './change/available.ts';
export { type InstallSpecRequest, installSpec } from './change/install-spec.ts';
export { notedEnvironments, noteEnvironment } from './change/noted-environments.ts';
export { type RemoveRequest, removeBuilds, supersededBuilds } from './change/remove.ts';
export { selectBuilds } from './change/select-builds.ts';
export { type Upgraded, upgradeBuilds } from './change/upgrade.ts';
export { type EnvironmentUse, usersOf } from './change/users.ts';
export { type Installed, type InstallRequest, install } from './install/install.ts';
export { loadManifest } from './manifest/load.ts';
export { type Manifest, type ManifestBuild, problemOf, readManifest } from './manifest/manifest.ts';
export type { ManagedSettings } from './options.ts';
export { executableOf, type InstalledBuild, listBuilds } from './store/builds.ts';
export { storeDirectory, usableStore } from './store/directory.ts';
export { clearLeftovers } from './store/leftovers.ts';
export { RECEIPT, type Receipt, receiptAt } from './store/receipt.ts';
