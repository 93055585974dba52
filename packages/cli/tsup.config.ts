import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

export default defineConfig({
  ...preset,
  entry: ['src/bin.ts', 'src/index.ts'],
  // One package with everything in it, in parts that are loaded when they are needed. The wheels stay a package of
  // their own: they are data, and renewed more often than the code.
  noExternal: [/^(?!@vivarium\/seed-wheels$)/],
  external: ['@vivarium/seed-wheels'],
  // The types of core are part of this package's own; they are read from their source, which bundles whole.
  dts: { entry: 'src/index.ts', compilerOptions: { paths: { '@vivarium/core': ['../core/src/index.ts'] } } },
  // commander is CommonJS and asks for Node's own modules by `require`, which a module does not have by itself.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
});
