import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Registry, serveRegistry } from './registry.ts';
import { pack, thirdPartyActivator, write } from './third-party-package.ts';
import { type Finished, newSandbox, type Sandbox } from './vivarium.ts';

// Another author's plugin next to the command, as each package manager lays the two out.

const PNPM = fileURLToPath(new URL('../../../node_modules/.bin/pnpm', import.meta.url));
const YARN = createRequire(import.meta.url).resolve('@yarnpkg/cli-dist/bin/yarn.js');

let directory: string;
let registry: Registry;

beforeAll(async () => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-managers-')));
  const thirdParty = await pack(join(directory, 'third-party'), thirdPartyActivator('elvish'));
  registry = await serveRegistry([...inject('tarballs'), thirdParty]);
});

afterAll(() => {
  registry.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A sandbox in which every package manager takes packages from the registry of this test, and keeps its own caches. */
function newShop(): Sandbox {
  return newSandbox({
    npm_config_registry: registry.url,
    npm_config_cache: join(directory, 'npm-cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    pnpm_config_registry: registry.url,
    npm_config_store_dir: join(directory, 'pnpm-store'),
    pnpm_config_store_dir: join(directory, 'pnpm-store'),
    YARN_NPM_REGISTRY_SERVER: registry.url,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_GLOBAL_FOLDER: join(directory, 'yarn'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    CI: '',
  });
}

async function succeed(finished: Promise<Finished>): Promise<Finished> {
  const { exitCode, stdout, stderr } = await finished;
  expect({ exitCode, output: exitCode === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ exitCode: 0, output: '' });
  return { exitCode, stdout, stderr };
}

/** Creates an environment with the script of a third party in it, and asks in vain for a plugin that there isn't. */
async function useThirdParty(sandbox: Sandbox, ...[command, ...args]: readonly [string, ...string[]]): Promise<string> {
  const create = [...args, 'create', '--no-seed', '--activators'];
  await succeed(sandbox.run(command, ...create, 'bash,elvish', 'env'));
  expect(readFileSync(join(sandbox.directory, 'env/bin/activate.elvish'), 'utf8')).toBe(
    `hello ${sandbox.directory}/env`,
  );
  const { stderr, exitCode } = await sandbox.run(command, ...create, 'vivarium-activator-qqqqqq', 'other');
  expect({ stderr, exitCode }).toMatchObject({
    exitCode: expect.toBeOneOf([1, 2]),
    stderr: expect.stringContaining('There is no activator named `vivarium-activator-qqqqqq`'),
  });
  return stderr;
}

const PROJECT = { 'package.json': JSON.stringify({ name: 'app', private: true }) };
const BOTH = ['vivarium', 'vivarium-activator-elvish'];

test('npm, in a project', async () => {
  const sandbox = newShop();
  write(sandbox.directory, PROJECT);
  await succeed(sandbox.run('npm', 'install', '--save-dev', ...BOTH));
  const told = await useThirdParty(sandbox, join(sandbox.directory, 'node_modules/.bin/vivarium'));
  expect(told).toContain('`npm install -D vivarium-activator-qqqqqq`');
});

test('npm, globally', async () => {
  const sandbox = newShop();
  await succeed(sandbox.run('npm', 'install', '--global', '--prefix', join(sandbox.directory, 'global'), ...BOTH));
  const told = await useThirdParty(sandbox, join(sandbox.directory, 'global/bin/vivarium'));
  expect(told).toContain('`npm install -g vivarium-activator-qqqqqq`');
});

test('npx with two packages', async () => {
  const sandbox = newShop();
  const told = await useThirdParty(sandbox, 'npx', '--yes', ...BOTH.flatMap((name) => ['-p', name]), 'vivarium');
  expect(told).toContain('`npx -p vivarium -p vivarium-activator-qqqqqq vivarium …`');
});

test('a plugin that is a workspace of the project', async () => {
  const sandbox = newShop();
  write(sandbox.directory, {
    'package.json': JSON.stringify({ name: 'app', private: true, workspaces: ['packages/*'] }),
  });
  write(join(sandbox.directory, 'packages/elvish'), thirdPartyActivator('elvish'));
  await succeed(sandbox.run('npm', 'install', '--save-dev', 'vivarium'));
  await useThirdParty(sandbox, join(sandbox.directory, 'node_modules/.bin/vivarium'));
});

test('pnpm, in a project, by its strict layout', async () => {
  const sandbox = newShop();
  write(sandbox.directory, PROJECT);
  await succeed(sandbox.run(PNPM, 'add', '--save-dev', ...BOTH));
  const told = await useThirdParty(sandbox, join(sandbox.directory, 'node_modules/.bin/vivarium'));
  expect(told).toContain('`pnpm add -D vivarium-activator-qqqqqq`');
  await succeed(sandbox.run('rm', '-rf', 'env'));
  await useThirdParty(sandbox, PNPM, 'exec', 'vivarium');
});

test('pnpm, globally: packages that are named together with a comma find each other', async () => {
  const sandbox = newShop();
  const home = join(sandbox.directory, 'pnpm');
  const env = ['env', `PNPM_HOME=${home}`, `PATH=${home}:${home}/bin:${sandbox.env.PATH}`] as const;
  mkdirSync(join(home, 'bin'), { recursive: true });
  await succeed(sandbox.run(...env, PNPM, 'add', '--global', BOTH.join(',')));
  const told = await useThirdParty(sandbox, ...env, 'vivarium');
  expect(told).toContain('`pnpm add -g vivarium,vivarium-activator-qqqqqq`');
});

test('Yarn, with node_modules', async () => {
  const sandbox = newShop();
  write(sandbox.directory, { ...PROJECT, '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' });
  await succeed(sandbox.run(process.execPath, YARN, 'add', '--dev', ...BOTH));
  const told = await useThirdParty(sandbox, process.execPath, YARN, 'vivarium');
  expect(told).toContain('`yarn add -D vivarium-activator-qqqqqq`');
});

test("Yarn's Plug'n'Play", async () => {
  const sandbox = newShop();
  write(sandbox.directory, { ...PROJECT, '.yarnrc.yml': 'nodeLinker: pnp\n', 'yarn.lock': '' });
  await succeed(sandbox.run(process.execPath, YARN, 'add', '--dev', ...BOTH));
  await useThirdParty(sandbox, process.execPath, YARN, 'vivarium');
  // The wheels stay in their archive, and pip's is run from a copy; the library finds them as the command does.
  await succeed(sandbox.run(process.execPath, YARN, 'vivarium', 'create', '--seeder', 'pip', 'seeded'));
  const ensure = `import('vivarium').then(async ({ ensureEnvironment }) => {
    const { outcome, run } = await ensureEnvironment({ destination: 'ensured', pluginSettings: { compileSeeds: 'never' } });
    const { stdout } = await run(['-m', 'pip', '--version']);
    console.log(outcome, stdout);
  });`;
  const { stdout } = await succeed(sandbox.run(process.execPath, YARN, 'node', '--eval', ensure));
  expect(stdout).toMatch(/^created pip .*ensured/);
  // The command that is installed elsewhere runs nothing of the project to find out.
  const { stderr } = await sandbox.vivarium('create', '--activators', 'elvish', 'other');
  expect(stderr).toContain('`yarn vivarium …`');
});
