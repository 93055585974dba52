// How StrykerJS changes the sources of one area, which `scripts/test-mutants.mjs` names.
import { availableParallelism } from 'node:os';
import { areas } from './areas.mjs';

const name = process.env.VIVARIUM_MUTANTS ?? 'quoting';
const mutate = areas[name]?.mutate;

export default {
  mutate,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'scripts/mutants/vitest.config.mjs', related: false },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.VIVARIUM_MUTANTS_WORKERS ?? Math.max(1, availableParallelism() - 1)),
  // The tests of an apply that is killed start what core's build is, in a process of its own.
  ignorePatterns: ['/.git', '/.turbo', '/docs', 'packages/!(core)/dist', 'packages/*/wheels'],
  tempDirName: `node_modules/.cache/mutants/${name}.sandbox`,
  incremental: true,
  incrementalFile: `node_modules/.cache/mutants/${name}.incremental.json`,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `node_modules/.cache/mutants/${name}.json` },
  timeoutMS: 60_000,
  allowEmpty: true,
  disableTypeChecks: false,
};
