import { defineConfig } from 'vitest/config';
import { preset } from './vitest.preset.ts';

/** All packages in one run, so that no core waits for the last test of a package. */
export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.ts'],
    reporters: preset.test.reporters,
    maxWorkers: preset.test.maxWorkers,
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
