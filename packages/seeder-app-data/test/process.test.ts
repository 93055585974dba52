import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { afterAll, expect, test } from 'vitest';
import {
  fill,
  hasSeedWheels,
  newRun,
  PYTHON,
  probe,
  type SeederSettings,
  settingsWith,
  temporaryDirectory,
} from './lab.ts';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'seeder-app-data-process-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const SCRIPT = await bundleScript(fileURLToPath(new URL('plan-in-process.mjs', import.meta.url)), work);

/** The command that plans for a real Python in a process of its own. */
async function planner(cache: string, settings: Partial<SeederSettings> = {}): Promise<readonly string[]> {
  const interpreter = await probe(PYTHON, newRun());
  const environment = {
    destination: '/nowhere/env',
    interpreter,
    layout: { ...interpreter.scheme, executable: 'bin/python' },
  };
  const more = hasSeedWheels ? { setuptools: 'bundle', wheel: 'bundle' } : {};
  const asked = { environment, settings: settingsWith({ ...more, ...settings }), cache };
  return [process.execPath, SCRIPT, JSON.stringify(asked)];
}

function images(cache: string): readonly string[] {
  return readdirSync(join(cache, 'images/3'));
}

test('twenty processes on one cold cache all succeed and make one image each', { timeout: 120_000 }, async () => {
  const cache = join(temporaryDirectory(), 'cache');
  const [command = '', ...args] = await planner(cache);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => run(command, args)));
  const [{ packages }] = outcomes.map(({ stdout }) => JSON.parse(stdout));
  expect(outcomes.map(({ stdout, stderr }) => ({ stderr, ...JSON.parse(stdout) }))).toEqual(
    Array(20).fill({ stderr: '', packages, steps: expect.any(Number) }),
  );
  expect(images(cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(images(cache)).toHaveLength(packages.length);
});

test('when an image can not be created, every run says why', async () => {
  const wheel = makeWheel({ name: 'demo', version: '1.0', editRecord: (text) => text.replace(/sha256=./, 'sha256=_') });
  const directory = temporaryDirectory();
  const settings = { seedPackage: ['demo'], extraSearchDir: [fill(directory, [wheel])] };
  const [command = '', ...args] = await planner(join(directory, 'cache'), settings);
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => run(command, args)));
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ reason: { stderr: expect.stringContaining('WHEEL_INVALID') } });
  }
  expect(images(join(directory, 'cache')).filter((name) => /demo|tmp$/.test(name))).toEqual([]);
});

test('few open files suffice', async () => {
  const [command = '', ...args] = await planner(join(temporaryDirectory(), 'cache'));
  // Node itself needs some twenty.
  const { stdout } = await run('sh', ['-c', 'ulimit -n 32 && exec "$0" "$@"', command, ...args]);
  expect(JSON.parse(stdout).packages).toContain('pip');
});

const hasUnshare = existsSync('/usr/bin/unshare');
test.skipIf(!hasUnshare && process.env.CI !== 'true')(
  'a cold cache is filled where no network can be reached (needs unshare)',
  async () => {
    const cache = join(temporaryDirectory(), 'cache');
    const { stdout, stderr } = await run('unshare', ['-rn', ...(await planner(cache))]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).packages).toContain('pip');
  },
);

const straced = test.skipIf(!existsSync('/usr/bin/strace') && process.env.CI !== 'true');

straced(
  'with a filled cache no process is started, no wheel opened and no file of a package read (needs strace)',
  async () => {
    const directory = temporaryDirectory();
    const cache = join(directory, 'cache');
    // Byte code is there too: what a second run finds is what every later one does.
    const [command = '', ...args] = await planner(cache, { compileSeeds: 'now' });
    await run(command, args);
    const again = await planner(cache, { compileSeeds: 'background' });
    const log = join(directory, 'log');
    execFileSync('strace', ['-f', '-qq', '-o', log, '-e', 'trace=execve,open,openat,mkdir,rename,unlink', ...again]);
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => !line.includes('ENOENT'));
    expect(calls.filter((line) => line.includes('execve('))).toHaveLength(1);
    expect(calls.filter((line) => line.includes('.whl"'))).toEqual([]);
    expect(calls.filter((line) => /mkdir\(|rename\(|unlink\(/.test(line))).toEqual([]);
    const opened = calls
      .filter((line) => line.includes(cache))
      .map((line) => line.replace(/.*cache\/([^"]*)".*/, '$1'));
    const own = opened.filter((path) => !path.startsWith('wheel-facts/'));
    expect(own.sort()).toEqual(
      (hasSeedWheels ? ['packaging', 'pip', 'setuptools', 'wheel'] : ['pip']).map((name) =>
        expect.stringMatching(new RegExp(`^compiled/3/${name}-[^/]*/manifest.json$`)),
      ),
    );
  },
);

straced(
  'killed at any moment, it leaves a cache from which the next run succeeds (needs strace)',
  { timeout: 120_000 },
  async () => {
    for (const when of hasSeedWheels ? [3, 60, 180] : [3, 30, 60]) {
      const cache = join(temporaryDirectory(), 'cache');
      const inject = ['-e', 'trace=mkdir,rename', '-e', `inject=mkdir,rename:signal=SIGKILL:when=${when}`];
      const planned = await planner(cache);
      const killed = run('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, ...planned]);
      await killed.catch(() => undefined);
      const [command = '', ...args] = planned;
      const { stdout, stderr } = await run(command, args);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout).packages).toContain('pip');
    }
  },
);
