import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { vivariumCommand } from '../vivarium.ts';
import { bundlers } from './bundlers.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium bundled ')));
const wheels = join(root, 'seed wheels');
const appData = join(root, 'cache');
afterAll(() => rmSync(root, { recursive: true, force: true }));

// Every call that an application makes, with what it prints of an error: one file of one's own.
const IMPORT = "import { createEnvironment } from 'vivarium';";
const REQUIRE = "const { createEnvironment } = require('vivarium');";
const APPLICATION = `

const [destination, appData, seedWheels] = process.argv.slice(2);
const debug = [];
createEnvironment({
  destination,
  appData,
  pluginSettings: { compileSeeds: 'background', periodicUpdate: true },
  ...(seedWheels ? { seedWheels } : {}),
  onDebug: (message) => debug.push(message),
}).then(
  ({ paths, plan }) => console.log(JSON.stringify({ paths, packages: plan.seeder.packages, activators: plan.activators.length, debug })),
  (error) => console.log(JSON.stringify({ ...error.toJSON(), stack: error.stack, cause: String(error.cause) })),
);
`;

beforeAll(async () => {
  await execa(vivariumCommand(), ['seed-wheels', 'export', wheels]);
});

describe.each(Object.entries(bundlers))(
  'bundled by %s and moved into an empty directory',
  (name, { style, bundle }) => {
    test('creates environments from seed wheels that are shipped with it, and says where they are missing', async () => {
      const source = join(inject('installation'), `app of ${name}`.replaceAll(/\W+/g, '-'));
      mkdirSync(source);
      const entry = join(source, style === 'import' ? 'app.mjs' : 'app.cjs');
      writeFileSync(entry, `${style === 'import' ? IMPORT : REQUIRE}${APPLICATION}`);
      const built = mkdtempSync(join(root, 'built-'));
      const file = await bundle({ entry, directory: built });
      rmSync(source, { recursive: true });
      const run = async (...args: readonly string[]) => {
        const { stdout, stderr } = await execa(process.execPath, [file, ...args], { cwd: root, reject: false });
        expect(stderr).toBe('');
        return JSON.parse(stdout);
      };

      const without = await run(join(built, 'a'), join(built, 'empty cache'));
      expect(without).toMatchObject({
        code: 'SEED_WHEELS_NOT_FOUND',
        hint: expect.stringContaining('seedWheels: DIR'),
      });
      expect(readdirSync(built)).not.toContain('a');

      const created = await run(join(built, 'an env'), appData, wheels);
      expect(created.packages).toContainEqual(expect.objectContaining({ name: 'pip', origin: 'seed-wheels' }));
      expect(created.activators).toBeGreaterThan(5);
      expect(created.debug.join()).toContain('newer seed packages are not looked for');
      const { stdout } = await execa(created.paths.executable, ['-m', 'pip', '--version']);
      expect(stdout).toContain(join(built, 'an env'));
    });
  },
);
