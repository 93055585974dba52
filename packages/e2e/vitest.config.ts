import { defineConfig } from 'vitest/config';
import { preset } from '../../vitest.preset.ts';

export default defineConfig({
  ...preset,
  test: { ...preset.test, globalSetup: 'test/install-packed.ts', testTimeout: 180_000 },
});
