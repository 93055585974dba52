import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  cloneEnvironment,
  createEnvironment,
  diagnoseEnvironment,
  ensureEnvironment,
  listEnvironments,
  moveEnvironment,
  pruneEnvironments,
  removedEnvironments,
  removeEnvironment,
  repairEnvironment,
  restoreEnvironment,
} from 'vivarium';
import { testDirectory } from './directory.ts';

/** A directory with a home of its own, so that what is removed is kept there. */
function sandbox() {
  const cwd = testDirectory();
  const env = { PATH: process.env.PATH, HOME: cwd, XDG_DATA_HOME: join(cwd, 'data') };
  return { cwd, env, create: { cwd, env, appData: join(cwd, 'cache'), seeder: false } } as const;
}

test('an environment is diagnosed and repaired by functions, a dry run changing nothing', async () => {
  const { cwd, env, create } = sandbox();
  await createEnvironment({ ...create, destination: 'env' });
  expect((await diagnoseEnvironment('env', { cwd })).findings).toEqual([]);
  rmSync(join(cwd, 'env/bin/python3'));
  const { findings, inspection } = await diagnoseEnvironment('env', { cwd });
  expect(inspection.createdBy.tool).toBe('vivarium');
  expect(findings).toMatchObject([
    {
      code: 'LAYOUT_FILE_MISSING',
      paths: ['bin/python3'],
      remedy: { kind: 'repair', command: expect.stringMatching(/^vivarium repair /) },
    },
  ]);
  const where = { cwd, env, appData: create.appData };
  const planned = await repairEnvironment('env', { ...where, dryRun: true });
  expect(planned).toMatchObject({
    fixed: ['LAYOUT_FILE_MISSING'],
    steps: [{ path: 'bin/python3' }],
    remaining: findings,
  });
  expect(existsSync(join(cwd, 'env/bin/python3'))).toBe(false);
  expect(await repairEnvironment('env', where)).toMatchObject({
    fixed: ['LAYOUT_FILE_MISSING'],
    skipped: [],
    remaining: [],
  });
  expect(existsSync(join(cwd, 'env/bin/python3'))).toBe(true);
  await expect(diagnoseEnvironment('nothing', { cwd })).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
});

test('what clear replaced is restored, as after the command', async () => {
  const { cwd, env, create } = sandbox();
  await createEnvironment({ ...create, destination: 'env' });
  writeFileSync(join(cwd, 'env/mine'), '');
  await createEnvironment({ ...create, destination: 'env', clear: true });
  expect(existsSync(join(cwd, 'env/mine'))).toBe(false);
  const [entry] = await removedEnvironments({ env });
  expect(entry).toMatchObject({ path: join(cwd, 'env'), removal: 'clear' });
  if (entry !== undefined) await restoreEnvironment(entry, { env });
  expect(existsSync(join(cwd, 'env/mine'))).toBe(true);
});

test('ensureEnvironment repairs by the findings of diagnoseEnvironment', async () => {
  const { cwd, create } = sandbox();
  const { destination } = (await createEnvironment({ ...create, destination: 'env' })).environment;
  writeFileSync(join(destination, 'bin/tool'), '#!/nowhere/bin/python3\n', { mode: 0o755 });
  const { findings } = await diagnoseEnvironment('env', { cwd });
  expect(findings.map(({ code }) => code)).toEqual(['SCRIPT_INTERPRETER_MISMATCH']);
  expect(await ensureEnvironment({ ...create, destination: 'env' })).toMatchObject({
    outcome: 'repaired',
    reason: findings[0]?.message,
    fixed: ['SCRIPT_INTERPRETER_MISMATCH'],
    plan: { steps: [{ kind: 'file', path: 'bin/tool' }] },
  });
  expect((await diagnoseEnvironment('env', { cwd })).findings).toEqual([]);
});

test('environments are cloned, moved, listed and removed by functions', async () => {
  const { cwd, env, create } = sandbox();
  await createEnvironment({ ...create, destination: 'env' });
  await cloneEnvironment({ source: 'env', destination: 'copy', cwd, env });
  await moveEnvironment({ source: 'copy', destination: 'a b', cwd, env });
  const found: string[] = [];
  for await (const one of listEnvironments({ directories: ['.'], cwd, env })) {
    if ('inspection' in one) found.push(one.inspection.directory);
  }
  expect(found.sort()).toEqual([join(cwd, 'a b'), join(cwd, 'env')]);
  const entry = await removeEnvironment('a b', { cwd, env });
  expect(entry?.path).toBe(join(cwd, 'a b'));
  expect(existsSync(join(cwd, 'a b'))).toBe(false);
});

test('dead environments are pruned by a function, after a dry run that removes nothing', async () => {
  const { cwd, env, create } = sandbox();
  await createEnvironment({ ...create, destination: 'works' });
  await createEnvironment({ ...create, destination: 'dead' });
  rmSync(join(cwd, 'dead/bin'), { recursive: true });
  const where = { directories: ['.'], cwd, env };
  const dead = [{ inspection: { directory: join(cwd, 'dead') } }];
  expect(await pruneEnvironments({ ...where, dryRun: true })).toMatchObject(dead);
  expect(existsSync(join(cwd, 'dead'))).toBe(true);
  const [pruned, ...others] = await pruneEnvironments(where);
  expect([pruned, ...others]).toMatchObject(dead);
  expect(existsSync(join(cwd, 'dead'))).toBe(false);
  if (pruned?.entry !== undefined) await restoreEnvironment(pruned.entry, { env });
  expect(existsSync(join(cwd, 'dead'))).toBe(true);
  const unused = await pruneEnvironments({ ...where, unusedFor: 0, dryRun: true });
  expect(unused.map(({ inspection }) => inspection.directory)).toContain(join(cwd, 'works'));
  await expect(pruneEnvironments({ ...where, unusedFor: -1 })).rejects.toMatchObject({ code: 'SETTING_INVALID' });
});
