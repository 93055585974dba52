import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { vivariumCommand } from '../vivarium.ts';
import { type Bundler, bundlers } from './bundlers.ts';

/** A JavaScript runtime, as `VIVARIUM_RUNTIMES` names it: `node-22=/path/to/node bun=/path/to/bun`. */
interface Runtime {
  readonly name: string;
  /** Empty where it could not be brought. */
  readonly program: string;
}

const given = (process.env.VIVARIUM_RUNTIMES ?? '').split(/\s+/).flatMap((pair): readonly Runtime[] => {
  const [name = '', program = ''] = pair.split('=');
  return name === '' ? [] : [{ name, program }];
});
// Without the set-up of `npm test`, the one that the tests run on.
const runtimes = given.length > 0 ? given : [{ name: 'this Node.js', program: process.execPath }];
const bun = runtimes.find(({ name }) => name === 'bun')?.program ?? '';

// `npm run test:bundles` runs every bundle on every runtime, and writes their sizes and times to the documentation.
const isWhole = process.env.VIVARIUM_BUNDLES === 'all';
const PAGE = fileURLToPath(new URL('../../../../docs/bundles.md', import.meta.url));

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium runtimes ')));
const [wheels, appData] = [join(root, 'seed-wheels'), join(root, 'cache')];
const rows = new Map<string, string[]>();
beforeAll(async () => {
  await execa(vivariumCommand(), ['seed-wheels', 'export', wheels]);
});
afterAll(() => {
  if (isWhole) writePage();
  rmSync(root, { recursive: true, force: true });
});

const APPLICATION = `
const [destination, appData, seedWheels] = process.argv.slice(-3);
async function main() {
  const calls = [];
  for (let call = 0; call < ${isWhole ? 5 : 2}; call += 1) {
    const start = performance.now();
    const settings = { compileSeeds: 'never', linkMode: 'reflink' };
    const { outcome, paths, applied } = await ensureEnvironment({ destination, appData, seedWheels, pluginSettings: settings });
    calls.push({ outcome, executable: paths.executable, links: applied?.linkModes, milliseconds: performance.now() - start });
  }
  console.log(JSON.stringify(calls));
}
main();
`;
const STYLES = {
  import: "import { ensureEnvironment } from 'vivarium';\n",
  require: "const { ensureEnvironment } = require('vivarium');\n",
} as const;

const BY_BUN: Readonly<Record<string, Bundler>> = {
  bun: {
    style: 'import',
    bundle: async ({ entry, directory }) => {
      const file = join(directory, 'app.mjs');
      await execa(bun, ['build', entry, '--target=node', '--outfile', file]);
      return file;
    },
  },
};
const SAMPLE = ['not bundled', 'esbuild (CommonJS of CommonJS)', 'rollup (ESM)'];
const bundles: Readonly<Record<string, Bundler | undefined>> = {
  'not bundled': undefined,
  ...bundlers,
  ...(bun === '' ? {} : BY_BUN),
};

// Deno starts no CommonJS file outside a package that has `module.exports = require(…)` in it, whatever is required.
const NOT_ON_DENO = ['ncc (CommonJS)'];

/** The entry of the application, next to the installed packages. */
function writeEntry(style: keyof typeof STYLES): string {
  const sources = mkdtempSync(join(inject('installation'), 'runtimes-'));
  const entry = join(sources, style === 'import' ? 'app.mjs' : 'app.cjs');
  writeFileSync(entry, `${STYLES[style]}${APPLICATION}`);
  return entry;
}

/** What the application prints of a call. */
interface Call {
  readonly outcome: string;
  readonly executable: string;
  /** How the seed packages were linked, where an environment was created. */
  readonly links?: readonly string[];
  readonly milliseconds: number;
}

// What the file system can do is the same for all.
let links: readonly string[] | undefined;

/** Runs the application, which creates an environment and then finds it complete; returns the times in milliseconds. */
async function start([program = '', ...args]: readonly string[]): Promise<string> {
  const destination = join(mkdtempSync(join(root, 'run-')), 'an env');
  const { stdout } = await execa(program, [...args, destination, appData, wheels], { cwd: root });
  const calls: readonly Call[] = JSON.parse(stdout);
  expect(calls.map(({ outcome }) => outcome)).toEqual(['created', ...calls.slice(1).map(() => 'unchanged')]);
  expect(new Set(calls.map(({ executable }) => executable.startsWith(`${destination}/`)))).toEqual(new Set([true]));
  links ??= calls[0]?.links;
  expect(calls[0]?.links).toEqual(links);
  const [created = 0, ...others] = calls.map(({ milliseconds }) => milliseconds);
  return `${Math.round(created)} / ${Math.min(...others).toFixed(1)}`;
}

describe.each(Object.keys(bundles).filter((name) => isWhole || SAMPLE.includes(name)))('%s', (name) => {
  let file: string;
  beforeAll(async () => {
    const bundler = bundles[name];
    const entry = writeEntry(bundler?.style ?? 'import');
    const directory = mkdtempSync(join(root, 'built-'));
    file = bundler === undefined ? entry : await bundler.bundle({ entry, directory });
    // A filled cache for all.
    await start([process.execPath, file]);
    rows.set(name, [bundler === undefined ? '' : kilobytes(directory)]);
  });

  test.each(runtimes)('runs on $name', async ({ name: runtime, program }) => {
    expect(program, 'the set-up brings it').not.toBe('');
    const command = runtime === 'deno' ? [program, 'run', '--allow-all'] : [program];
    if (runtime === 'deno' && NOT_ON_DENO.includes(name)) {
      await expect(start([...command, file])).rejects.toThrow('Could not find referrer npm package');
      rows.get(name)?.push('not started');
      return;
    }
    rows.get(name)?.push(await start([...command, file]));
  });
});

const title = `runs in a program that Bun has compiled${given.length > 0 ? '' : ' (skipped because VIVARIUM_RUNTIMES names no Bun)'}`;

test.skipIf(given.length === 0)(title, async () => {
  expect(bun, 'the set-up brings it').not.toBe('');
  const directory = join(root, 'compiled');
  mkdirSync(directory);
  const program = join(directory, 'app');
  await execa(bun, ['build', writeEntry('import'), '--compile', '--outfile', program]);
  const times = await start([program]);
  rows.set('bun --compile', [kilobytes(directory), ...runtimes.map(({ name }) => (name === 'bun' ? times : ''))]);
});

/** The size of a bundle. */
function kilobytes(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return `${Math.round(bytes / 1000)} KB`;
}

function writePage(): void {
  const table = [
    ['bundle', 'size', ...runtimes.map(({ name }) => name)],
    ['---', '---:', ...runtimes.map(() => '---:')],
    ...[...rows].map(([name, cells]) => [name, ...cells]),
  ];
  writeFileSync(PAGE, `${HEAD}${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

const HEAD = `# Bundles and runtimes

The size of the bundle of an application that calls \`ensureEnvironment\`, whitespace and names as the bundler leaves them,
and the time of a call in milliseconds: when the environment is created with pip from a filled cache, and the least of four
calls when it is complete. One run each, on a machine with other work. \`npm run test:bundles\` writes this page; how each is
bundled is in [bundling](bundling.md).

`;
