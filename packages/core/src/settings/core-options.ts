import { defineOptions, type Settings } from './option.ts';

/** The settings that every environment has, whichever plugins make it. Names and meanings are virtualenv's. */
export const coreOptions = defineOptions({
  python: {
    type: 'list',
    short: 'p',
    placeholder: 'SPEC',
    help: 'the interpreter: a path, a version (3.12, pypy3.10, 3.13t) or a range (>=3.9,<3.13); may be repeated, the first that is found is used',
    group: 'Interpreter',
  },
  discovery: {
    type: 'string',
    default: 'builtin',
    placeholder: 'NAME',
    help: 'the plugin that finds interpreters',
    group: 'Interpreter',
  },
  creator: {
    type: 'string',
    default: 'builtin',
    placeholder: 'NAME',
    help: 'the plugin that creates the environment; builtin takes the first that supports the interpreter',
    group: 'Environment',
  },
  prompt: {
    type: 'string',
    placeholder: 'TEXT',
    help: 'what the prompt shows instead of the name of the environment (. for the name of the working directory)',
    group: 'Environment',
  },
  systemSitePackages: {
    type: 'boolean',
    default: false,
    help: 'let the environment see the packages of its base',
    group: 'Environment',
  },
  symlinks: {
    type: 'boolean',
    default: false,
    excludes: 'executables',
    help: 'link to the base interpreter (the default where links are possible)',
    group: 'Environment',
  },
  copies: {
    type: 'boolean',
    default: false,
    aliases: ['always-copy'],
    excludes: 'executables',
    help: 'copy the base interpreter instead of linking to it',
    group: 'Environment',
  },
  clear: {
    type: 'boolean',
    default: false,
    help: 'replace the environment that is at the destination; the old one goes when the new one stands',
    group: 'Environment',
  },
  force: {
    type: 'boolean',
    default: false,
    help: 'let --clear replace a directory that is not an environment',
    group: 'Environment',
  },
  allowExisting: {
    type: 'boolean',
    default: false,
    help: 'create the environment in a directory that has other things in it too; they stay',
    group: 'Environment',
  },
  verify: {
    type: 'boolean',
    default: false,
    help: 'start the new Python once and believe only its answer: prefix, version, ssl, ctypes, sqlite3, pip',
    group: 'Environment',
  },
  noVcsIgnore: {
    type: 'boolean',
    default: false,
    help: 'write no .gitignore',
    group: 'Environment',
  },
  seeder: {
    type: 'string',
    default: 'app-data',
    placeholder: 'NAME',
    help: 'the plugin that puts the first packages in',
    group: 'Seed packages',
  },
  noSeed: {
    type: 'boolean',
    default: false,
    aliases: ['without-pip'],
    help: 'put no packages in',
    group: 'Seed packages',
  },
  activators: {
    type: 'list',
    separator: ',',
    placeholder: 'LIST',
    help: 'the activation scripts to write, with commas between them; the default is all that support the interpreter',
    group: 'Activation',
  },
  plugins: {
    type: 'list',
    separator: ',',
    placeholder: 'LIST',
    help: 'packages whose plugins take part: their activators are written too, their creators are asked first, and all of them can be named',
    group: 'Plugins',
  },
  pluginRoot: {
    type: 'paths',
    placeholder: 'DIR',
    help: 'a directory to look for plugins from, after the usual places; may be repeated',
    group: 'Plugins',
    isForUserAlone: true,
  },
  projectPlugins: {
    type: 'boolean',
    default: false,
    help: 'let the pyproject.toml of this project name plugins that do not come with vivarium: their code will run',
    group: 'Plugins',
    isForUserAlone: true,
  },
  appData: {
    type: 'path',
    placeholder: 'DIR',
    help: 'the directory of the cache',
    group: 'Cache',
  },
  readOnlyAppData: {
    type: 'boolean',
    default: false,
    help: 'read the cache and never write to it',
    group: 'Cache',
  },
  resetAppData: {
    type: 'boolean',
    default: false,
    help: 'empty the cache first',
    group: 'Cache',
  },
});

/** Resolved values of {@link coreOptions}. */
export type CoreSettings = Settings<typeof coreOptions>;
