import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

const seedWheels = fileURLToPath(new URL('src/seed-wheels.ts', import.meta.url));

/** One CommonJS file: of this Bun can keep the compiled code, of modules it can't. */
export default defineConfig({
  ...preset,
  entry: ['src/native.ts'],
  format: 'cjs',
  dts: false,
  splitting: false,
  treeshake: false,
  noExternal: [/.*/],
  esbuildPlugins: [
    ...(preset.esbuildPlugins ?? []),
    {
      name: 'wheels-next-to-the-executable',
      setup(build) {
        build.onResolve({ filter: /^@vivarium\/seed-wheels$/ }, () => ({ path: seedWheels }));
      },
    },
  ],
  esbuildOptions(options) {
    options.define = { ...options.define, 'import.meta.url': 'thisFile.url' };
    options.banner = {
      js: "const thisFile = { get url() { return require('node:url').pathToFileURL(process.execPath).href; } };",
    };
  },
});
