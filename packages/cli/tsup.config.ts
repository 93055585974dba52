import { rmSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { preset } from '../../tsup.preset.ts';

// The builds below run at the same time, so none of them may empty the folder.
rmSync('dist', { recursive: true, force: true });

const whole = {
  ...preset,
  clean: false,
  // One package with everything in it. The wheels stay a package of their own: they are data, and renewed more often
  // than the code.
  noExternal: [/^(?!@vivarium\/seed-wheels$)/],
  external: ['@vivarium/seed-wheels'],
} satisfies Options;

/** What Node starts with the least work: one CommonJS file (`docs/performance.md`). */
const startedByNode = {
  ...whole,
  format: 'cjs',
  dts: false,
  splitting: false,
  // The pass that does this would load every module of Node's at the start.
  treeshake: false,
} satisfies Options;

export default defineConfig([
  {
    ...whole,
    entry: ['src/index.ts'],
    // The types of core are part of this package's own; they are read from their source, which bundles whole.
    dts: preset.dts && {
      entry: 'src/index.ts',
      compilerOptions: { paths: { '@vivarium/core': ['../core/src/index.ts'] } },
    },
  },
  {
    ...startedByNode,
    entry: { bin: 'src/bin.ts', 'import-url': '../core/src/plugins/by-name/import-url.ts' },
  },
  {
    ...startedByNode,
    entry: { virtualenv: 'src/virtualenv/start.ts' },
    dts: preset.dts && { compilerOptions: { paths: {} } },
  },
  {
    ...startedByNode,
    entry: { command: 'src/main.ts' },
    esbuildPlugins: [
      {
        name: 'import-stays-outside',
        setup(build) {
          build.onResolve({ filter: /\/import-url\.ts$/ }, () => ({ path: './import-url.cjs', external: true }));
        },
      },
    ],
    esbuildOptions(options) {
      // Parts that are loaded when they are needed stay in the file, uncalled. Code out of V8's cache can't use
      // `import()`; what really is to be imported (a plugin) is imported by the file beside this one.
      options.supported = { ...options.supported, 'dynamic-import': false };
      options.define = { ...options.define, 'import.meta.url': 'thisFile.url' };
      options.banner = {
        js: "const thisFile = { get url() { return require('node:url').pathToFileURL(__filename).href; } };",
      };
    },
  },
]);
