import { defineOptions } from '@vivarium/core/host';

/** Settings of the command itself; the library has arguments of its own for what they do. */
export const cliOptions = defineOptions({
  central: {
    type: 'string',
    placeholder: 'NAME',
    help: 'keep the environment outside of the project under this name, and write a redirect .venv to it into the cwd',
    group: 'Environment',
  },
  check: {
    type: 'boolean',
    default: false,
    help: 'print how the packages of an environment differ from the lock, change nothing, and exit with 1 if they do',
    group: 'Output',
  },
  dryRun: {
    type: 'boolean',
    default: false,
    help: 'print what would be done and change nothing',
    group: 'Output',
  },
  json: {
    type: 'boolean',
    default: false,
    help: 'print one JSON document, also on failure',
    group: 'Output',
  },
  sbom: {
    type: 'path',
    placeholder: 'FILE',
    help: 'write a bill of materials of the installed packages to this file (CycloneDX 1.6, JSON)',
    group: 'Output',
  },
  upgradeEmbedWheels: {
    type: 'boolean',
    default: false,
    help: 'fetch the newest seed packages for every Python into the cache and create no environment',
    group: 'Seed packages',
  },
  verbose: {
    type: 'count',
    default: 0,
    short: 'v',
    excludes: 'verbosity',
    help: 'print what is done; twice: with the time of each line',
    group: 'Output',
  },
  quiet: {
    type: 'count',
    default: 0,
    short: 'q',
    excludes: 'verbosity',
    help: 'print less; once: no report, twice: no warnings either',
    group: 'Output',
  },
  withTraceback: {
    type: 'boolean',
    default: false,
    help: 'print where in the code an error was thrown',
    group: 'Output',
  },
});
