import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Plugin } from 'rollup';

/** What is to be bundled. */
interface BundleRequest {
  /** A module of the application, absolute. */
  readonly entry: string;
  /** An empty directory. */
  readonly directory: string;
}

/** Bundles an application into one directory and returns the file to start. */
type Bundle = (request: BundleRequest) => Promise<string>;

/** A bundler in one of its uses. */
export interface Bundler {
  /** How the application loads vivarium. */
  readonly style: 'import' | 'require';
  readonly bundle: Bundle;
}

/** Every bundler and format that is tested, with the settings that its documentation shows. */
export const bundlers = {
  'esbuild (ESM)': { style: 'import', bundle: (request) => runEsbuild(request, 'esm') },
  'esbuild (CommonJS)': { style: 'import', bundle: (request) => runEsbuild(request, 'cjs') },
  'esbuild (CommonJS of CommonJS)': { style: 'require', bundle: (request) => runEsbuild(request, 'cjs') },
  'rollup (ESM)': { style: 'import', bundle: (request) => runRollup(request, 'es') },
  'rollup (CommonJS)': { style: 'import', bundle: (request) => runRollup(request, 'cjs') },
  'vite (SSR)': { style: 'import', bundle: runVite },
  webpack: { style: 'import', bundle: runWebpack },
  ncc: { style: 'import', bundle: (request) => runNcc(request, 'index.mjs') },
  'ncc (CommonJS)': { style: 'require', bundle: (request) => runNcc(request, 'index.cjs') },
  'tsup (ESM)': { style: 'import', bundle: (request) => runTsup(request, 'esm') },
  'tsup (CommonJS)': { style: 'import', bundle: (request) => runTsup(request, 'cjs') },
} as const satisfies Readonly<Record<string, Bundler>>;

async function runEsbuild({ entry, directory }: BundleRequest, format: 'esm' | 'cjs'): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(directory, format === 'esm' ? 'app.mjs' : 'app.cjs');
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

async function runRollup({ entry, directory }: BundleRequest, format: 'es' | 'cjs'): Promise<string> {
  const { rollup } = await import('rollup');
  // Their types are those of CommonJS, which they are not.
  const [{ nodeResolve }, { default: commonjs }] = await Promise.all([
    import('@rollup/plugin-node-resolve'),
    import('@rollup/plugin-commonjs') as unknown as Promise<{ readonly default: () => Plugin }>,
  ]);
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs()],
  });
  const name = format === 'es' ? 'app.mjs' : 'app.cjs';
  const chunkFileNames = format === 'es' ? '[name]-[hash].mjs' : '[name]-[hash].cjs';
  await bundle.write({ dir: directory, format, entryFileNames: name, chunkFileNames });
  await bundle.close();
  return join(directory, name);
}

async function runVite({ entry, directory }: BundleRequest): Promise<string> {
  const { build } = await import('vite');
  await build({
    root: dirname(entry),
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: directory, rollupOptions: { output: { entryFileNames: 'app.mjs' } } },
  });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
  return join(directory, 'app.mjs');
}

async function runWebpack({ entry, directory }: BundleRequest): Promise<string> {
  const { default: webpack } = await import('webpack');
  const compiler = webpack({
    entry,
    target: 'node20',
    mode: 'production',
    output: { path: directory, filename: 'app.cjs' },
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error !== null && error !== undefined) reject(error);
      else if (stats === undefined || stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats?.toString()));
      else resolve();
    });
  });
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  return join(directory, 'app.cjs');
}

async function runNcc({ entry, directory }: BundleRequest, file: string): Promise<string> {
  await execa(
    process.execPath,
    [commandOf('@vercel/ncc', 'ncc'), 'build', entry, '--out', directory, '--no-cache', '--quiet'],
    {
      cwd: dirname(entry),
    },
  );
  return join(directory, file);
}

async function runTsup({ entry, directory }: BundleRequest, format: 'esm' | 'cjs'): Promise<string> {
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  writeFileSync(
    join(dirname(entry), 'tsup.config.mjs'),
    `export default { noExternal: [/./], outExtension: () => ({ js: '.${extension}' }) };\n`,
  );
  const args = [
    entry,
    '--format',
    format,
    '--platform',
    'node',
    '--target',
    'node20',
    '--out-dir',
    directory,
    '--silent',
  ];
  await execa(process.execPath, [commandOf('tsup', 'tsup'), ...args], { cwd: dirname(entry) });
  return join(directory, `app.${extension}`);
}

function commandOf(name: string, command: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = require(manifest) as { readonly bin: string | Readonly<Record<string, string>> };
  const file = typeof bin === 'string' ? bin : (bin[command] ?? '');
  return join(dirname(manifest), file);
}
