import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll } from 'vitest';
import { isText, textOf } from '../../../text-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A script that a test runs in a process of its own, bundled from the sources that the test itself uses.
 *
 * @param path - of a module that imports our packages by their names
 * @returns the path of a file for Node, which is removed after the tests of the file
 */
export async function bundleScript(path: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-script-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const outfile = join(directory, basename(path).replace(/\.\w+$/, '.mjs'));
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: join(ROOT, 'tsconfig.base.json'),
    plugins: [sources],
    // What is CommonJS in a bundle of modules asks for it.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

/** Texts as in tests, and modules that know where they are. */
const sources: Plugin = {
  name: 'sources',
  setup({ onLoad }) {
    onLoad({ filter: /\/packages\/[^/]+\/src\// }, ({ path }) => {
      if (isText(path)) return { contents: textOf(path), loader: 'text' };
      if (!path.endsWith('.ts')) return undefined;
      const text = readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents: text, loader: 'ts' };
    });
  },
};
