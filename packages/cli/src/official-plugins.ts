import { loadFromTable, type PluginAliases, type PluginSource, type PluginTable } from '@vivarium/core';

/** The plugins that come with the command. Each is a part of the bundle that is loaded when it is selected. */
const table: PluginTable = {
  discoverer: {
    builtin: async () => (await import('@vivarium/discovery')).default,
  },
  creator: {
    'cpython-posix': async () => (await import('@vivarium/creator-cpython-posix')).default,
  },
  seeder: {
    'app-data': async () => (await import('@vivarium/seeder-app-data')).default,
  },
  activator: {
    bash: async () => (await import('@vivarium/activator-bash')).default,
  },
};

const aliases: PluginAliases = {
  creator: { 'cpython3-posix': 'cpython-posix' },
  activator: { zsh: 'bash', sh: 'bash', dash: 'bash', ksh: 'bash', mksh: 'bash' },
};

/** The official plugins, as the pipeline asks for them. */
export const officialPlugins: PluginSource = {
  defaults: { creator: Object.keys(table.creator), activator: Object.keys(table.activator) },
  load: (kind, name, source) => loadFromTable({ table, aliases }, { kind, name, source }),
};
