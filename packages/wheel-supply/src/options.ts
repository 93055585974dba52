import { defineOptions } from '@vivarium/core';

const VERSION = '`bundle` for the newest at hand, `embed` for the newest that is shipped, `none`, a version or a range';

/** The settings of every seeder that takes its wheels from {@link supplyWheels}. Names are those of virtualenv. */
export const seedOptions = defineOptions({
  pip: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `The pip to put in: ${VERSION} [default: bundle]`,
  },
  setuptools: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `The setuptools to put in: ${VERSION} [default: bundle below Python 3.12, else none]`,
  },
  wheel: {
    type: 'string',
    placeholder: 'VERSION',
    group: 'Seed packages',
    help: `The wheel to put in: ${VERSION} [default: bundle below Python 3.9, else none]`,
  },
  noPip: { type: 'boolean', default: false, group: 'Seed packages', help: 'Put no pip in' },
  noSetuptools: { type: 'boolean', default: false, group: 'Seed packages', help: 'Put no setuptools in' },
  noWheel: { type: 'boolean', default: false, group: 'Seed packages', help: 'Put no wheel in' },
  seedPackage: {
    type: 'list',
    placeholder: 'NAME[==VERSION]',
    group: 'Seed packages',
    help: 'A further package to put in, or a version of one of the seeds; it may be given several times',
  },
  download: {
    type: 'boolean',
    default: false,
    negations: ['no-download', 'never-download'],
    group: 'Seed packages',
    help: 'Let pip fetch the newest seeds; an exact version that is not at hand is fetched in any case',
  },
  periodicUpdate: {
    type: 'boolean',
    default: false,
    negations: ['no-periodic-update'],
    group: 'Seed packages',
    help: 'Every two weeks, have a process behind the run look for newer seeds',
  },
  extraSearchDir: {
    type: 'paths',
    placeholder: 'DIR',
    group: 'Seed packages',
    help: 'A folder with wheels to look through first; it may be given several times',
  },
});
