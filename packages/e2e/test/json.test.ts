import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import planSchema from '@vivarium/core/plan.schema.json' with { type: 'json' };
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { writeStandInArchive } from '@vivarium/test-utils/stand-in-archive';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import schema from 'vivarium/output.schema.json' with { type: 'json' };
import { newSandbox, type Sandbox } from './vivarium.ts';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
const validatePlan = new Ajv2020({ strict: false }).compile(planSchema);
const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';

/** The one document on standard output, which is of the published schema. */
async function documentOf(sandbox: Sandbox, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await sandbox.vivarium(...args);
  const document = JSON.parse(stdout);
  validate(document);
  expect([args, validate.errors]).toEqual([args, null]);
  return document;
}

test.each([
  [['create', '--json', '-p', python, '--no-seed', 'a'], 'create', 'environments'],
  [['create', '--json', '-p', python, '--no-seed', 'a', 'b'], 'create', 'environments'],
  [['create', '--json', '-p', python, '--no-seed', '--dry-run', 'a'], 'create', 'plans'],
  [['create', '--json', '-p', python, '--creator', 'help'], 'plugins', 'plugins'],
  [['plugins', '--json', 'activators', '-p', python], 'plugins', 'plugins'],
  [['cache', 'dir', '--json'], 'cache', 'directory'],
  [['cache', 'info', '--json'], 'cache', 'kinds'],
  [['cache', 'prune', '--json'], 'cache', 'removed'],
  [['seed-wheels', 'export', '--json', 'wheels', '--python', '3.12'], 'seed-wheels', 'wheels'],
  [['schema', '--json'], 'schema', 'schema'],
  [['completion', 'fish', '--json'], 'completion', 'script'],
  [['list', '--json', '.'], 'list', 'environments'],
  [['prune', '--json', '.'], 'prune', 'wouldRemove'],
  [['undo', '--json', '--list'], 'undo', 'entries'],
  [['--version', '--json'], 'version', 'version'],
])('%j prints one document by the published schema', async (args, command, data) => {
  const document = await documentOf(newSandbox(), ...args);
  expect(document).toMatchObject({ format: 1, command, errors: [], [data]: expect.anything() });
});

test('what is done with an environment prints documents by the published schema, too', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', 'env');
  for (const args of [
    ['env', '--json', 'env'],
    ['list', '--json', '--size', '.'],
    ['clone', '--json', 'env', 'copy'],
    ['move', '--json', '--dry-run', 'copy', 'other'],
    ['move', '--json', 'copy', 'other'],
    ['remove', '--json', '--dry-run', 'other'],
    ['remove', '--json', '--yes', 'other'],
    ['undo', '--json', '--list'],
    ['undo', '--json', '--yes'],
  ]) {
    expect(await documentOf(sandbox, ...args)).toMatchObject({ command: args[0], errors: [] });
  }
});

test.skipIf(process.platform !== 'linux')(
  'what is done with managed Pythons prints documents by the published schema (needs Linux)',
  async () => {
    const sandbox = newSandbox();
    const offer = (...versions: readonly string[]): readonly string[] => {
      const builds = versions.map((version) => writeStandInArchive(sandbox.directory, version).build);
      const manifest = join(sandbox.directory, `${versions.length}.json`);
      const mirrors = [sandbox.directory];
      writeFileSync(manifest, JSON.stringify({ format: 1, date: '20261110', license: 'PSF-2.0', mirrors, builds }));
      return ['--json', '--python-manifest', manifest];
    };
    const [old, recent] = [offer('3.12.1'), offer('3.12.1', '3.12.99')];
    const one = (version: string) => ({ version, build: '20261110', license: 'PSF-2.0', isFreeThreaded: false });
    for (const [args, expected] of [
      [['--available', ...old], { available: [{ version: '3.12.1', size: expect.any(Number), isInstalled: false }] }],
      [['install', '3.12', ...old], { action: 'install', installed: [{ ...one('3.12.1'), isNew: true }] }],
      [['install', '3.12', ...old], { action: 'install', installed: [{ isNew: false }] }],
      [['upgrade', ...old], { action: 'upgrade', upgraded: [{ from: one('3.12.1'), to: null }] }],
      [['upgrade', ...recent], { action: 'upgrade', upgraded: [{ from: one('3.12.1'), to: one('3.12.99') }] }],
      [['remove', '3.12.99', ...recent], { action: 'remove', removed: [one('3.12.99')] }],
      [['install', '3.11', ...old], { errors: [{ code: 'PYTHON_BUILD_NOT_FOUND' }] }],
      [['install', ...old], { errors: [{ code: 'ARGUMENT_INVALID' }] }],
      [['remove', '3.11', ...old], { errors: [{ code: 'PYTHON_NOT_INSTALLED' }] }],
      [
        ['install', '3.12.99', '--python-mirror', '/nowhere', ...recent],
        { errors: [{ code: 'PYTHON_DOWNLOAD_FAILED' }] },
      ],
    ] as const) {
      expect(await documentOf(sandbox, 'pythons', ...args)).toMatchObject({ command: 'pythons', ...expected });
    }
    expect(await documentOf(sandbox, 'prune', '--pythons', '--json')).toMatchObject({ wouldRemovePythons: [] });
  },
);

test('what is said of an environment that exists is by the published schema', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '-p', python, 'env');
  expect(await documentOf(sandbox, 'inspect', '--json', '--start', 'env')).toMatchObject({
    errors: [],
    environment: { createdBy: { tool: 'vivarium' }, isComplete: true, started: { version: expect.any(String) } },
  });
  await sandbox.run('rm', 'env/bin/python');
  expect(await documentOf(sandbox, 'doctor', '--json', 'env')).toMatchObject({
    environments: [{ findings: expect.arrayContaining([expect.objectContaining({ code: 'PYTHON_NOT_USABLE' })]) }],
  });
  expect(await documentOf(sandbox, 'repair', '--json', '--dry-run', 'env')).toMatchObject({ isDryRun: true });
  expect(await documentOf(sandbox, 'repair', '--json', 'env')).toMatchObject({ isDryRun: false });
  await sandbox.run('rm', 'env/bin/python3');
  const fixed = await documentOf(sandbox, 'doctor', '--json', '--fix', 'env');
  expect(fixed).toMatchObject({ environments: [{ directory: join(sandbox.directory, 'env') }] });
  expect(JSON.stringify(fixed)).not.toContain('LAYOUT_FILE_MISSING');
  await sandbox.run('rm', '-r', 'env/bin');
  expect(await documentOf(sandbox, 'prune', '--json', '--yes', '.')).toMatchObject({
    removed: [{ path: join(sandbox.directory, 'env'), canBeRestored: true }],
  });
});

test.each([
  ['inspect', ['nothing'], 'ENVIRONMENT_NOT_FOUND'],
  ['doctor', ['nothing'], 'ENVIRONMENT_NOT_FOUND'],
  ['repair', ['nothing'], 'ENVIRONMENT_NOT_FOUND'],
  ['env', ['nothing'], 'ENVIRONMENT_NOT_FOUND'],
  ['move', ['nothing', 'new'], 'ENVIRONMENT_NOT_FOUND'],
  ['clone', ['nothing', 'new'], 'ENVIRONMENT_NOT_FOUND'],
  ['remove', ['--yes', 'nothing'], 'ENVIRONMENT_NOT_FOUND'],
])('%s says with --json that there is no environment, by the published schema', async (command, args, code) => {
  const document = await documentOf(newSandbox(), command, '--json', ...args);
  expect(document).toMatchObject({ command, errors: [{ code }] });
});

test('a plan in it is by the schema of plans', async () => {
  const document = await documentOf(newSandbox(), 'create', '--json', '--dry-run', 'env');
  for (const plan of document.plans as unknown[]) {
    validatePlan(plan);
    expect(validatePlan.errors).toBeNull();
  }
});

test.each([
  [['create', '--json', '-p', '3.99', 'env'], 'create', 'INTERPRETER_NOT_FOUND', 1],
  [['create', '--json', '--no-such'], 'create', 'ARGUMENT_INVALID', 2],
  [['create', '--json', '--prompt'], 'create', 'ARGUMENT_INVALID', 2],
  [['create', '--json', '--link-mode', 'x', 'env'], 'create', 'SETTING_INVALID', 2],
  [['create', '--json', '--creator', 'nope', 'env'], 'create', 'PLUGIN_NOT_FOUND', 2],
  [['create', '--json', '--upgrade-embed-wheels', '--read-only-app-data'], 'create', 'CACHE_READ_ONLY', 2],
  [['create', '--json', 'a', './a'], 'create', 'DESTINATION_DUPLICATE', 2],
  [['lock', '--json'], 'lock', 'REQUIREMENTS_EMPTY', 2],
  [['lock', '--json', '--with', '-x'], 'lock', 'REQUIREMENT_INVALID', 2],
  [['lock', '--json', '--with', 'x', '-o', 'x.toml'], 'lock', 'LOCK_NAME_INVALID', 2],
  [['pythons', '--json', 'a', 'b'], 'pythons', 'ARGUMENT_INVALID', 2],
  [['plugins', '--json', 'shells'], 'plugins', 'ARGUMENT_INVALID', 2],
  [['cache', '--json', 'wipe'], 'cache', 'ARGUMENT_INVALID', 2],
  [['seed-wheels', '--json', 'import'], 'seed-wheels', 'ARGUMENT_INVALID', 2],
  [['seed-wheels', 'export', '--json', 'x', '--python', 'new'], 'seed-wheels', 'SETTING_INVALID', 2],
  [['schema', '--json', 'x'], 'schema', 'ARGUMENT_INVALID', 2],
  [['completion', '--json', 'tcsh'], 'completion', 'ARGUMENT_INVALID', 2],
  [['run', '--json', 'gone', '--', 'true'], 'run', 'ENVIRONMENT_NOT_FOUND', 2],
  [['env', '--json', 'gone'], 'env', 'ENVIRONMENT_NOT_FOUND', 2],
  [['remove', '--json', 'gone'], 'remove', 'ENVIRONMENT_NOT_FOUND', 2],
  [['move', '--json', 'gone', 'there'], 'move', 'ENVIRONMENT_NOT_FOUND', 2],
  [['undo', '--json'], 'undo', 'TRASH_ENTRY_NOT_FOUND', 1],
  [['frobnicate', '--json'], null, 'ARGUMENT_INVALID', 2],
  [['--json', 'pythons'], null, 'ARGUMENT_INVALID', 2],
])('%j fails with one document too', async (args, command, code, exitCode) => {
  const sandbox = newSandbox();
  const { stderr, exitCode: actual } = await sandbox.vivarium(...args);
  expect({ exitCode: actual, told: /^error: /m.test(stderr) }).toEqual({ exitCode, told: true });
  const document = await documentOf(sandbox, ...args);
  const error = { code, message: expect.any(String) };
  expect(document).toMatchObject({ format: 1, command, errors: [error] });
});

test('a variable asks for it as the flag does, also where the arguments cannot be read', async () => {
  const sandbox = newSandbox({ VIVARIUM_JSON: '1' });
  expect(await documentOf(sandbox, 'create', '--no-such')).toMatchObject({ errors: [{ code: 'ARGUMENT_INVALID' }] });
  expect(await documentOf(sandbox, 'cache', 'dir')).toMatchObject({ action: 'dir' });
});
