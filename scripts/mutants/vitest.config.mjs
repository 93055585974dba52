import { defineConfig } from 'vitest/config';
import { preset } from '../../vitest.preset.ts';
import { areas } from './areas.mjs';

const area = areas[process.env.VIVARIUM_MUTANTS ?? ''];

/** The tests of one area, as StrykerJS runs them: in processes and not in threads, which have no cwd of their own. */
export default defineConfig({
  ...preset,
  plugins: [
    ...preset.plugins,
    {
      name: 'in-processes',
      configureVitest({ project }) {
        project.config.pool = 'forks';
      },
    },
  ],
  test: { ...preset.test, include: area?.tests ?? [] },
});
