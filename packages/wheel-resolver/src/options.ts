import { defineOptions } from '@vivarium/core/plugin';

/** How long `--periodic-update` waits after it has looked for newer seeds. */
export const DAYS_BETWEEN_UPDATES = 14;

const VERSION = '`bundle` (newest available locally), `embed` (newest shipped), `none`, a version or a range';

/** The settings of every seeder that takes its wheels from {@link resolveWheels}. Names are those of virtualenv. */
export const seedOptions = defineOptions({
  pip: {
    type: 'string',
    allowedInProject: 'package-version',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `pip version to install: ${VERSION} (default: bundle)`,
  },
  setuptools: {
    type: 'string',
    allowedInProject: 'package-version',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `setuptools version to install: ${VERSION} (default: bundle below Python 3.12, else none)`,
  },
  wheel: {
    type: 'string',
    allowedInProject: 'package-version',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `wheel version to install: ${VERSION} (default: bundle below Python 3.9, else none)`,
  },
  noPip: {
    type: 'boolean',
    allowedInProject: 'any',
    default: false,
    group: 'Seed packages',
    help: 'do not install pip',
  },
  noSetuptools: {
    type: 'boolean',
    allowedInProject: 'any',
    default: false,
    group: 'Seed packages',
    help: 'do not install setuptools',
  },
  noWheel: {
    type: 'boolean',
    allowedInProject: 'any',
    default: false,
    group: 'Seed packages',
    help: 'do not install wheel',
  },
  seedPackage: {
    type: 'list',
    placeholder: 'NAME[==VERSION]',
    group: 'Seed packages',
    help: 'a further package to install, or a version of one of the seeds; can be given more than once',
  },
  download: {
    type: 'boolean',
    default: false,
    negations: ['no-download', 'never-download'],
    group: 'Seed packages',
    help: 'let pip fetch the newest seeds; an exact version that is not available locally is fetched in any case',
  },
  periodicUpdate: {
    type: 'boolean',
    default: false,
    negations: ['no-periodic-update'],
    group: 'Seed packages',
    help: `look for newer seeds every ${DAYS_BETWEEN_UPDATES} days, in the background`,
  },
  seedWheels: {
    type: 'path',
    placeholder: 'DIR',
    group: 'Seed packages',
    help: 'the directory with the wheels that come with vivarium, for programs that bundle it (`vivarium seed-wheels export`)',
  },
  extraSearchDir: {
    type: 'paths',
    placeholder: 'DIR',
    group: 'Seed packages',
    help: 'a directory with wheels to look through first; can be given more than once',
  },
});
