import { defineConfig } from 'vitest/config';
import { preset } from '../../vitest.preset.ts';

// These tests wait for shells most of the time: two files at once also on a small machine.
export default defineConfig({ ...preset, test: { ...preset.test, maxWorkers: 2 } });
