import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { isText, textOf } from '../../../text-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A script that a test runs in a process of its own, bundled from the sources that the test itself uses.
 *
 * @param path - of a module that imports our packages by their names
 * @param directory - where to write it; the caller removes it
 * @param moved - directories of sources that are to believe that they are elsewhere: `{ 'packages/seed-wheels/src': … }`
 * @returns the path of a file for Node
 */
export async function bundleScript(
  path: string,
  directory: string,
  moved: Readonly<Record<string, string>> = {},
): Promise<string> {
  const outfile = join(directory, basename(path).replace(/\.\w+$/, '.mjs'));
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: join(ROOT, 'tsconfig.base.json'),
    plugins: [sources(moved)],
    // What is CommonJS in a bundle of modules asks for it.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

/** Texts as in tests, and modules that know where they are. */
const sources = (moved: Readonly<Record<string, string>>): Plugin => ({
  name: 'sources',
  setup({ onLoad }) {
    onLoad({ filter: /\/packages\/[^/]+\/src\// }, ({ path }) => {
      if (isText(path)) return { contents: textOf(path), loader: 'text' };
      if (!path.endsWith('.ts')) return undefined;
      const text = readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(placeOf(path, moved)));
      return { contents: text, loader: 'ts' };
    });
  },
});

function placeOf(path: string, moved: Readonly<Record<string, string>>): string {
  const directory = dirname(path);
  return moved[relative(ROOT, directory)] ?? directory;
}
