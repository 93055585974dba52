import type { Options } from 'tsup';

/**
 * How every package is built: ESM for Node 20, with type declarations. Scripts in other languages that lie beside the
 * source (an activation script, the probe) are bundled as text, so that a package has no files to find at run time.
 */
export const preset: Options = {
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20',
  platform: 'node',
  dts: true,
  clean: true,
  treeshake: true,
  loader: {
    '.bat': 'text',
    '.csh': 'text',
    '.fish': 'text',
    '.nu': 'text',
    '.ps1': 'text',
    '.py': 'text',
    '.sh': 'text',
    '.xsh': 'text',
  },
};
