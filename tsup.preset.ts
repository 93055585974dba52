import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';

/**
 * How every package is built: ESM for Node 20, with type declarations. Scripts in other languages that lie beside the
 * source (an activation script, the probe) are bundled as text, so that a package has no files to find at run time.
 */
export const preset: Options = {
  esbuildPlugins: [
    {
      name: 'scripts-without-comments',
      setup(build) {
        build.onLoad({ filter: /activate\.(csh|fish|nu|ps1|sh|xsh)$/ }, async ({ path }) => {
          return { contents: withoutComments(await readFile(path, 'utf8')), loader: 'text' };
        });
      },
    },
  ],
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20',
  platform: 'node',
  // From what was built of the packages it uses, as a reader of the published package has it; checks read their sources.
  // Declarations take most of a build's time, and nothing that runs needs them.
  dts: process.env.VIVARIUM_BUILD_TYPES === 'no' ? false : { compilerOptions: { paths: {} } },
  clean: true,
  treeshake: true,
  loader: {
    '.bash': 'text',
    '.bat': 'text',
    '.py': 'text',
    '.csh': 'text',
    '.fish': 'text',
    '.nu': 'text',
    '.ps1': 'text',
    '.sh': 'text',
    '.xsh': 'text',
    '.zsh': 'text',
  },
};

/**
 * A script as it is written into environments. Its comments are for whoever reads the repository: each environment would
 * have them on disk, where some 12 KB of blocks go to them. What stays is the head, up to a line that is `#` alone.
 */
function withoutComments(text: string): string {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => !/^#./.test(line));
  const body = lines.slice(head).filter((line) => line.trim() !== '' && !/^\s*#(?![>!]|requires)/i.test(line));
  return `${[...lines.slice(0, head), ...body].join('\n')}\n`;
}
