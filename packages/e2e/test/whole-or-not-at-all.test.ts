import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { newDesk, vivariumCommand, vivariumProgram } from './vivarium.ts';

const hasStrace = existsSync('/usr/bin/strace');
// The set-up installs strace where it can, so in CI its absence is a failure and no reason to skip.
const straceTest = test.skipIf(!hasStrace && process.env.CI !== 'true');

straceTest('killed at any moment, the destination is absent or whole, and the next run clears up', async () => {
  const desk = newDesk();
  await desk.vivarium('create', 'warm');
  const calls = 'link,mkdir,rename,symlink,openat';
  for (const when of [3, 40, 150, 300, 500]) {
    const inject = [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${calls}`,
      '-e',
      `inject=link,mkdir,rename,symlink:signal=SIGKILL:when=${when}`,
    ];
    await desk.run('strace', ...inject, ...vivariumProgram(), 'create', 'env');
    if (existsSync(join(desk.directory, 'env'))) {
      expect(await desk.run(join(desk.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
      await desk.run('rm', '-rf', 'env');
    }
    expect(await desk.vivarium('create', 'env')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(desk.directory).filter((name) => name.startsWith('.vivarium'))).toEqual([]);
    expect(await desk.run(join(desk.directory, 'env/bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
    await desk.run('rm', '-rf', 'env');
  }
});

test('interrupted while it works, it leaves nothing behind and exits with 130', async () => {
  const desk = newDesk();
  const running = execa(vivariumCommand(), ['create', 'env'], {
    cwd: desk.directory,
    env: desk.env,
    extendEnv: false,
    reject: false,
  });
  await setTimeout(250);
  running.kill('SIGINT');
  const { exitCode } = await running;
  // It may have been done already: then the environment is whole.
  expect([0, 130]).toContain(exitCode);
  expect(existsSync(join(desk.directory, 'env/pyvenv.cfg'))).toBe(exitCode === 0);
  expect(readdirSync(desk.directory).filter((name) => name.startsWith('.vivarium'))).toEqual([]);
});

test('twenty at once on a cold cache all succeed, with one image each', async () => {
  const desk = newDesk();
  const names = Array.from({ length: 20 }, (_, index) => `env${index}`);
  const runs = await Promise.all(names.map((name) => desk.vivarium('create', name)));
  expect(runs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  const images = readdirSync(join(desk.directory, 'data/vivarium/images'), { recursive: true }).map(String);
  const manifests = images.filter((name) => name.endsWith('manifest.json'));
  const first = JSON.parse((await desk.vivarium('create', '--json', 'one-more')).stdout).environments[0];
  expect(manifests).toHaveLength(first.packages.length);
  expect(images.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  for (const name of ['env0', 'env19']) {
    expect(await desk.run(join(desk.directory, name, 'bin/pip'), '--version')).toMatchObject({ exitCode: 0 });
  }
});

straceTest('a second creation starts no process, opens no wheel and reads no file of pip', async () => {
  const desk = newDesk();
  await desk.vivarium('create', 'first');
  const log = join(desk.directory, 'log');
  const args = ['-f', '-qq', '-o', log, '-e', 'trace=execve,open,openat', ...vivariumProgram(), 'create', 'second'];
  expect(await desk.run('strace', ...args)).toMatchObject({ exitCode: 0 });
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
  const desk = newDesk();
  const isolated = await desk.run('unshare', '-rn', vivariumCommand(), 'create', 'env');
  expect(isolated).toMatchObject({ exitCode: 0 });
});
