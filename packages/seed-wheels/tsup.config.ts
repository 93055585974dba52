import { rmSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

// The builds below run at the same time, so none of them may empty the directory.
rmSync('dist', { recursive: true, force: true });

const whole = { ...preset, clean: false, treeshake: false } as const;

// Also as CommonJS, which the command reads without loading more of Node.
export default defineConfig([
  whole,
  {
    ...whole,
    format: 'cjs',
    esbuildOptions(options) {
      options.define = { ...options.define, 'import.meta.dirname': '__dirname' };
    },
  },
]);
