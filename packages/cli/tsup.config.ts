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
function shorten(options: { minifyWhitespace?: boolean; minifySyntax?: boolean }): void {
  options.minifyWhitespace = true;
  options.minifySyntax = true;
}

/**
 * `import()` of a plugin's URL is not for bundlers to resolve; these say so to webpack, ncc and vite. esbuild keeps no
 * comments where it drops whitespace.
 */
const importStaysAsItIs = {
  name: 'import-stays-as-it-is',
  renderChunk: (code: string) => ({
    code: code.replaceAll('import(url)', 'import(/* webpackIgnore: true */ /* @vite-ignore */ url)'),
  }),
};

function withTypes(types: Exclude<Options['dts'], undefined>): Exclude<Options['dts'], undefined> {
  return preset.dts === false ? false : types;
}

/** The files that Node starts: they say so on a Node that is too old for the rest. */
function startedBy(name: string): Options {
  return { target: OLDEST_SYNTAX, banner: { js: nodeCheck(name, manifest.engines.node) } };
}

const OWN_SOURCES = {
  '@vivarium/environments': ['../environments/src/index.ts'],
  '@vivarium/core/*': ['../core/src/entries/*.ts'],
};

const PARTS = 'node_modules/.cache/command';

export default defineConfig([
  {
    ...whole,
    entry: ['src/index.ts'],
    plugins: [importStaysAsItIs],
    // Types of packages that are bundled are part of this package's own; they are read from their source, which bundles whole.
    dts: withTypes({
      entry: 'src/index.ts',
      compilerOptions: { paths: OWN_SOURCES },
    }),
  },
  // The types for `require`. The code is built with the command.
  ...(preset.dts === false
    ? []
    : [
        {
          ...whole,
          entry: ['src/index.ts'],
          format: 'cjs',
          dts: { only: true, entry: 'src/index.ts', compilerOptions: { paths: OWN_SOURCES } },
        } satisfies Options,
      ]),
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
    plugins: [importStaysAsItIs],
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
    // The library for `require`: it has most of its code in common with the command.
    entry: { command: 'src/main.ts', index: 'src/index.ts' },
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
