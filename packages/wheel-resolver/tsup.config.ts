import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  entry: ['src/index.ts', 'src/fetching.ts', 'src/reading.ts', 'src/updates.ts'],
});
