import { rmSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { nodeCheck, OLDEST_SYNTAX } from '../../tsup.node-check.ts';
import { preset } from '../../tsup.preset.ts';
import manifest from './package.json' with { type: 'json' };
import { mergeWarmParts } from './tsup.command.ts';

// The builds below run at the same time, so none of them may empty the directory.
rmSync('dist', { recursive: true, force: true });

const whole = {
  ...preset,
  clean: false,
  // One package with everything in it. The wheels stay a package of their own: they are data, and renewed more often
  // than the code.
  noExternal: [/^(?!@vivarium\/seed-wheels$)/],
  external: ['@vivarium/seed-wheels'],
  esbuildOptions: shorten,
} satisfies Options;

/** Every run reads this code. Names stay, so that a stack trace can be read. */
function shorten(options: { minifyWhitespace?: boolean }): void {
  options.minifyWhitespace = true;
}

function withTypes(types: Exclude<Options['dts'], undefined>): Exclude<Options['dts'], undefined> {
  return preset.dts === false ? false : types;
}

/** The files that Node starts: they say so on a Node that is too old for the rest. */
function startedBy(name: string): Options {
  return { target: OLDEST_SYNTAX, banner: { js: nodeCheck(name, manifest.engines.node) } };
}

const PARTS = 'node_modules/.cache/command';

export default defineConfig([
  {
    ...whole,
    entry: ['src/index.ts'],
    // The types of core are part of this package's own; they are read from their source, which bundles whole.
    dts: withTypes({
      entry: 'src/index.ts',
      compilerOptions: { paths: { '@vivarium/core/*': ['../core/src/entries/*.ts'] } },
    }),
  },
  {
    ...whole,
    ...startedBy('vivarium'),
    entry: { bin: 'src/bin.ts' },
    format: 'cjs',
    dts: false,
    treeshake: false,
  },
  {
    ...whole,
    entry: { 'import-url': '../core/src/plugins/by-name/import-url.ts' },
    format: 'cjs',
    dts: false,
    treeshake: false,
  },
  {
    ...whole,
    ...startedBy('virtualenv'),
    entry: { virtualenv: 'src/virtualenv/start.ts' },
    format: 'cjs',
    dts: withTypes({ compilerOptions: { paths: {} } }),
    treeshake: false,
  },
  {
    ...whole,
    entry: { command: 'src/main.ts' },
    outDir: PARTS,
    clean: true,
    dts: false,
    treeshake: false,
    esbuildPlugins: [
      ...(preset.esbuildPlugins ?? []),
      {
        name: 'import-stays-outside',
        setup(build) {
          build.onResolve({ filter: /\/import-url\.ts$/ }, () => ({ path: './import-url.cjs', external: true }));
        },
      },
    ],
    esbuildOptions(options) {
      shorten(options);
      options.define = { ...options.define, 'import.meta.url': 'ownLocation.url' };
    },
    onSuccess: () => mergeWarmParts({ parts: PARTS, directory: 'dist' }),
  },
]);
