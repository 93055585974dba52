import type { OfficialPlugins, PluginAliases, PluginTable } from '@vivarium/core/host';

/** The plugins that come with the command: one part of the bundle for each kind, loaded when it is needed. */
const table: PluginTable = {
  discoverer: async () => (await import('./discoverers.ts')).discoverers,
  creator: async () => (await import('./creators.ts')).creators,
  seeder: async () => (await import('./seeders.ts')).seeders,
  activator: async () => (await import('./activators.ts')).activators,
};

/** What virtualenv calls them, and what people call the shells that a script serves. */
const aliases: PluginAliases = {
  creator: {
    'cpython3-posix': 'cpython-posix',
    'cpython3-win': 'cpython-windows',
    'cpython3-mac-framework': 'cpython-macos-framework',
    'cpython3-mac-brew': 'cpython-macos-brew',
    'pypy3-posix': 'pypy-posix',
    'pypy3-win': 'pypy-windows',
    'graalpy-win': 'graalpy-windows',
    'rustpython-win': 'rustpython-windows',
  },
  activator: {
    cshell: 'csh',
    tcsh: 'csh',
    nu: 'nushell',
    pwsh: 'powershell',
    cmd: 'batch',
    zsh: 'bash',
    sh: 'bash',
    ash: 'bash',
    dash: 'bash',
    ksh: 'bash',
    mksh: 'bash',
    yash: 'bash',
  },
};

/** The official plugins, as the pipeline asks for them. */
export const officialPlugins: OfficialPlugins = { table, aliases };
