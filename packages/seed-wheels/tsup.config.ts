import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

// Also as CommonJS, which the command reads without loading more of Node.
export default defineConfig({ ...preset, format: ['esm', 'cjs'], shims: true, treeshake: false });
