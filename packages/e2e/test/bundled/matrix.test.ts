import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, inject, test } from 'vitest';
import { vivariumCommand } from '../vivarium.ts';
import { bundlers } from './bundlers.ts';

// Every bundle on every runtime: VIVARIUM_RUNTIMES='node22=/path/to/node bun=/path/to/bun deno=/path/to/deno'. With
// VIVARIUM_WRITE_TABLE the sizes and times are written to the documentation.
const runtimes = (process.env.VIVARIUM_RUNTIMES ?? '').split(/\s+/).flatMap((pair) => {
  const [name = '', path = ''] = pair.split('=');
  return path === '' ? [] : [{ name, command: [path, ...(name.startsWith('deno') ? ['run', '--allow-all'] : [])] }];
});
const PAGE = fileURLToPath(new URL('../../../../docs/bundles.md', import.meta.url));
const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium matrix ')));
const [wheels, appData] = [join(root, 'seed-wheels'), join(root, 'cache')];
afterAll(() => rmSync(root, { recursive: true, force: true }));

const APPLICATION = `
const [destination, appData, seedWheels] = process.argv.slice(2);
async function main() {
  const times = [];
  for (let call = 0; call < 5; call += 1) {
    const start = performance.now();
    const settings = { compileSeeds: 'never' };
    const { outcome } = await ensureEnvironment({ destination, appData, seedWheels, pluginSettings: settings });
    times.push({ outcome, milliseconds: performance.now() - start });
  }
  console.log(JSON.stringify(times));
}
main();
`;
const STYLES = {
  import: "import { ensureEnvironment } from 'vivarium';\n",
  require: "const { ensureEnvironment } = require('vivarium');\n",
} as const;

test.skipIf(runtimes.length === 0)('every bundle works on every runtime', { timeout: 3_600_000 }, async () => {
  await execa(vivariumCommand(), ['seed-wheels', 'export', wheels]);
  const sources = join(inject('installation'), 'matrix');
  mkdirSync(sources);
  const rows: string[][] = [];
  const all = { 'not bundled': undefined, ...bundlers };
  for (const [name, bundler] of Object.entries(all)) {
    const style = bundler?.style ?? 'import';
    const entry = join(sources, style === 'import' ? 'app.mjs' : 'app.cjs');
    writeFileSync(entry, `${STYLES[style]}${APPLICATION}`);
    const directory = mkdtempSync(join(root, 'built-'));
    const file = bundler === undefined ? entry : await bundler.bundle({ entry, directory });
    const cells: string[] = [];
    for (const { name: runtime, command } of runtimes) {
      const [program = '', ...args] = [...command, file, join(directory, runtime), appData, wheels];
      const { stdout } = await execa(program, args, { cwd: root });
      const times: readonly { outcome: string; milliseconds: number }[] = JSON.parse(stdout);
      expect(times.map(({ outcome }) => outcome)).toEqual(['created', ...Array(4).fill('unchanged')]);
      const [created, ...others] = times.map(({ milliseconds }) => milliseconds);
      cells.push(`${Math.round(created ?? 0)} / ${Math.min(...others).toFixed(1)}`);
    }
    rows.push([name, bundler === undefined ? '' : `${Math.round(sizeOf(directory, runtimes) / 1000)} KB`, ...cells]);
  }
  const table = [
    ['bundle', 'size', ...runtimes.map(({ name }) => name)],
    ['---', '---:', ...runtimes.map(() => '---:')],
  ];
  const page = `${HEAD}${[...table, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
  if (process.env.VIVARIUM_WRITE_TABLE) writeFileSync(PAGE, page);
  else process.stdout.write(page);
});

const HEAD = `# Bundles and runtimes

Size of the bundle of an application that calls \`ensureEnvironment\`, whitespace and names as the bundler leaves them, and the
time of a call in milliseconds: when the environment is created with pip from a filled cache (in the first row of each
column from an empty one), and the least of four calls when it is complete. One run each, on a machine with other work.
Written by \`npm run test:bundles\` in \`packages/e2e\` with \`VIVARIUM_WRITE_TABLE=1\`; how each is bundled is in
[bundling](bundling.md).

`;

/** Bytes of a bundle, without the environments that were created next to it. */
function sizeOf(directory: string, environments: readonly { readonly name: string }[]): number {
  const own = readdirSync(directory).filter((name) => !environments.some((one) => one.name === basename(name)));
  return own.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}
