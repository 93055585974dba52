import { defineOptions } from '@vivarium/core';

/** Settings of the command itself; the library has arguments of its own for what they do. */
export const cliOptions = defineOptions({
  dryRun: {
    type: 'boolean',
    default: false,
    help: 'show what would be done, and do nothing',
    group: 'Output',
  },
  json: {
    type: 'boolean',
    default: false,
    help: 'print one JSON document instead of the report',
    group: 'Output',
  },
  sbom: {
    type: 'path',
    placeholder: 'FILE',
    help: 'write down what was put in as a bill of materials (CycloneDX 1.6, JSON)',
    group: 'Output',
  },
  upgradeEmbedWheels: {
    type: 'boolean',
    default: false,
    help: 'fetch the newest seed packages for every Python into the cache, and make no environment; needs no DEST',
    group: 'Seed packages',
  },
  verbose: {
    type: 'count',
    default: 0,
    short: 'v',
    excludes: 'verbosity',
    help: 'say more; may be repeated',
    group: 'Output',
  },
  quiet: {
    type: 'count',
    default: 0,
    short: 'q',
    excludes: 'verbosity',
    help: 'say less: once hides the report, twice warnings as well',
    group: 'Output',
  },
  withTraceback: {
    type: 'boolean',
    default: false,
    help: 'show where in the code an error came from',
    group: 'Output',
  },
});
