import type { Options } from 'tsup';
import { isText, textOf } from './text-files.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';

/**
 * How every package is built: ESM for Node 20, with type declarations. Scripts in other languages that are next to the
 * source (an activation script, the probe) are bundled as text, so that a package has no files to find at run time.
 */
export const preset: Options = {
  esbuildPlugins: [
    {
      name: 'text-files',
      setup(build) {
        build.onLoad({ filter: /\/src\// }, ({ path }) =>
          isText(path) ? { contents: textOf(path), loader: 'text' } : undefined,
        );
      },
    },
    thirdPartyLicenses(),
  ],
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20',
  platform: 'node',
  // From what was built of the packages it uses, as a reader of the published package has it; checks read their
  // sources. Declarations take most of a build's time, and nothing that runs needs them.
  dts: process.env.VIVARIUM_BUILD_TYPES === 'no' ? false : { compilerOptions: { paths: {} } },
  clean: true,
  treeshake: true,
};
