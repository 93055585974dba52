import { defineOptions } from '@vivarium/core';

const VERSION = '`bundle` (newest available locally), `embed` (newest shipped), `none`, a version or a range';

/** The settings of every seeder that takes its wheels from {@link supplyWheels}. Names are those of virtualenv. */
export const seedOptions = defineOptions({
  pip: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `pip version to install: ${VERSION} [default: bundle]`,
  },
  setuptools: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `setuptools version to install: ${VERSION} [default: bundle below Python 3.12, else none]`,
  },
  wheel: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `wheel version to install: ${VERSION} [default: bundle below Python 3.9, else none]`,
  },
  noPip: { type: 'boolean', default: false, group: 'Seed packages', help: 'Do not install pip' },
  noSetuptools: { type: 'boolean', default: false, group: 'Seed packages', help: 'Do not install setuptools' },
  noWheel: { type: 'boolean', default: false, group: 'Seed packages', help: 'Do not install wheel' },
  seedPackage: {
    type: 'list',
    placeholder: 'NAME[==VERSION]',
    group: 'Seed packages',
    help: 'A further package to install, or a version of one of the seeds; repeatable',
  },
  download: {
    type: 'boolean',
    default: false,
    negations: ['no-download', 'never-download'],
    group: 'Seed packages',
    help: 'Download the newest seeds with pip; an exact version that is not available locally is always downloaded',
  },
  periodicUpdate: {
    type: 'boolean',
    default: false,
    negations: ['no-periodic-update'],
    group: 'Seed packages',
    help: 'Look for newer seeds every two weeks, in the background',
  },
  extraSearchDir: {
    type: 'paths',
    placeholder: 'DIR',
    group: 'Seed packages',
    help: 'A directory of wheels to look in first; repeatable',
  },
});
