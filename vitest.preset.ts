import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ViteUserConfig } from 'vitest/config';

/**
 * How every package is tested. The JSON beside the readable report is what the root test command adds up, also when
 * the task runner answers from its cache.
 */
export const preset = {
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
    reporters: ['default', ['json', { outputFile: 'test-results.json' }]],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most tests wait for an interpreter or a shell, so that two go side by side on two cores as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
} satisfies ViteUserConfig;
