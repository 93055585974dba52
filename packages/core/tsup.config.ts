import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  entry: ['src/index.ts', 'src/activator.ts', 'src/creator.ts', 'src/discoverer.ts', 'src/seeder.ts'],
  // Bundled, so that the package depends on nothing; it is loaded for error messages alone.
  noExternal: ['leven'],
});
