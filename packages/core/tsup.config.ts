import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  entry: ['src/index.ts', 'src/activator.ts', 'src/creator.ts', 'src/discoverer.ts', 'src/seeder.ts'],
});
