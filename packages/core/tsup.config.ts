import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  format: ['esm', 'cjs'],
  entry: ['src/entries/plugin.ts', 'src/entries/host.ts', 'src/entries/internal.ts'],
  // Bundled, so that the package depends on nothing. Both are loaded only when they are needed: for error messages, and
  // for plugins that do not come with the program.
  noExternal: ['leven', 'import-meta-resolve'],
});
