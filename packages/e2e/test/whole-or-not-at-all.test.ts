import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spread } from './faults/lab/amount.ts';
import { hasStrace, listMoments, type Moment, signalAt } from './faults/lab/strace.ts';
import { newSandbox, type Sandbox, vivariumCommand, vivariumProgram } from './vivarium.ts';

// The set-up installs strace where it can, so in CI its absence is a failure and no reason to skip.
const straceTest = test.skipIf(!hasStrace && process.env.CI !== 'true');

/** Moments in a warm run, spread over all of it; the calls that change something come after Node's own start. */
async function momentsOf(sandbox: Sandbox, count: number): Promise<readonly Moment[]> {
  // A run that has filled the cache leaves it to the next to keep the command's own code.
  for (const name of ['warm', 'warmer']) await sandbox.vivarium('create', name);
  const moments = await listMoments(sandbox, ['create', 'env']);
  await sandbox.run('rm', '-rf', 'env');
  const changes = moments.filter(({ call }) => ['link', 'mkdir', 'rename', 'symlink'].includes(call));
  return spread(changes, count);
}

straceTest('killed at any moment, the destination is absent or whole, and the next run clears up', async () => {
  const sandbox = newSandbox();
  for (const moment of await momentsOf(sandbox, 5)) {
    const killed = await signalAt(sandbox, { moment, signal: 'SIGKILL' }, ['create', 'env']);
    expect(killed, moment.text).toMatchObject({ hasHappened: true });
    if (existsSync(join(sandbox.directory, 'env'))) {
      expect(await sandbox.run(join(sandbox.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
      await sandbox.run('rm', '-rf', 'env');
    }
    expect(await sandbox.vivarium('create', 'env')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(sandbox.directory).filter((name) => name.startsWith('.vivarium'))).toEqual([]);
    expect(await sandbox.run(join(sandbox.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
    await sandbox.run('rm', '-rf', 'env');
  }
});

straceTest('interrupted while it works, it leaves nothing behind and exits with 130', async () => {
  const sandbox = newSandbox();
  // The last ones are the commit and what comes after it.
  for (const moment of (await momentsOf(sandbox, 4)).slice(0, 3)) {
    const finished = await signalAt(sandbox, { moment, signal: 'SIGINT' }, ['create', 'env']);
    expect(finished, moment.text).toMatchObject({ hasHappened: true, exitCode: 130 });
    expect(readdirSync(sandbox.directory).filter((name) => name === 'env' || name.startsWith('.vivarium'))).toEqual([]);
  }
});

test('twenty at once on a cold cache all succeed, with one image each', async () => {
  const sandbox = newSandbox();
  const names = Array.from({ length: 20 }, (_, index) => `env${index}`);
  const runs = await Promise.all(names.map((name) => sandbox.vivarium('create', name)));
  expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  const images = readdirSync(join(sandbox.directory, 'data/vivarium/images'), { recursive: true }).map(String);
  const manifests = images.filter((name) => name.endsWith('manifest.json'));
  const first = JSON.parse((await sandbox.vivarium('create', '--json', 'one-more')).stdout).environments[0];
  expect(manifests).toHaveLength(first.packages.length);
  expect(images.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  for (const name of ['env0', 'env19']) {
    expect(await sandbox.run(join(sandbox.directory, name, 'bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  }
});

straceTest('a second creation starts no process, opens no wheel and reads no file of pip', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', 'first');
  const log = join(sandbox.directory, 'log');
  const args = ['-f', '-qq', '-o', log, '-e', 'trace=execve,open,openat', ...vivariumProgram(), 'create', 'second'];
  expect(await sandbox.run('strace', ...args)).toMatchObject({ exitCode: 0 });
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => !line.includes('ENOENT'));
  expect(lines.filter((line) => line.includes('execve('))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('.whl"'))).toEqual([]);
  const read = lines.filter((line) => /images\/.*\.image\//.test(line) && line.includes('O_RDONLY'));
  // The first file of a tree is opened once, to find out whether the file system can clone files.
  expect(read.length).toBeLessThanOrEqual(3);
});

test('works from a cold cache where no network can be reached', async () => {
  const sandbox = newSandbox();
  const isolated = await sandbox.run('unshare', '-rn', vivariumCommand(), 'create', 'env');
  expect(isolated).toMatchObject({ exitCode: 0 });
});
