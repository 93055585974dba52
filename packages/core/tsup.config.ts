import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  entry: ['src/index.ts', 'src/activator.ts', 'src/creator.ts', 'src/discoverer.ts', 'src/seeder.ts'],
  // Bundled, so that the package depends on nothing. Both are loaded only when they are needed: for error messages, and
  // for plugins that do not come with the program.
  noExternal: ['leven', 'import-meta-resolve'],
});
