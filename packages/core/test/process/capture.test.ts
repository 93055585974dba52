import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '@vivarium/core/internal';
import { expect, test, vi } from 'vitest';
import { testDirectory } from '../directory.ts';

const node = process.execPath;
const { env } = process;

test('gives what a process prints, each stream by itself', async () => {
  const script = 'console.log("ö"); console.error("no")';
  expect(await capture({ executable: node, args: ['-e', script], env })).toEqual({
    ending: 'exited',
    status: 0,
    failure: undefined,
    stdout: 'ö\n',
    stderr: 'no\n',
  });
});

test.each([
  ['process.exit(3)', 3, 'exited with code 3'],
  ['process.kill(process.pid, "SIGKILL")', 'SIGKILL', 'was ended by SIGKILL'],
])('says how a process failed: %s', async (script, status, failure) => {
  expect(await capture({ executable: node, args: ['-e', script], env })).toMatchObject({ status, failure });
});

test('ends a process that has printed enough', async () => {
  const script = 'console.log("\\u00e9 answer"); setInterval(() => {}, 1e6)';
  const isEnough = (stdout: string): boolean => stdout.includes('answer');
  expect(await capture({ executable: node, args: ['-e', script], env, encoding: 'latin1', isEnough })).toEqual({
    ending: 'enough',
    failure: undefined,
    stdout: 'Ã© answer\n',
    stderr: '',
  });
});

test('says what could not be started, and why', async () => {
  const missing = join(testDirectory(), 'missing');
  expect(await capture({ executable: missing, args: [], env })).toMatchObject({
    failure: 'could not be started',
    cause: { code: 'ENOENT' },
  });
  expect(await capture({ executable: 'a\0b', args: [], env })).toMatchObject({ failure: 'could not be started' });
});

test('keeps the end of an endless output', async () => {
  const script = 'process.stdout.write("x".repeat(5e6) + "end")';
  const { stdout } = await capture({ executable: node, args: ['-e', script], env, outputLimit: 10 });
  expect(stdout).toBe('xxxxxxxend');
});

// A process that starts another one, which writes its id and then sleeps.
const PARENT = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
  "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1e6)",
)}], { stdio: 'inherit' }); setInterval(() => {}, 1e6)`;

test.skipIf(process.platform === 'win32')('ends what an aborted process has started', async () => {
  const cwd = testDirectory();
  const controller = new AbortController();
  const running = capture({ executable: node, args: ['-e', PARENT], env, cwd, signal: controller.signal });
  await vi.waitUntil(() => existsSync(join(cwd, 'pid')) && readFileSync(join(cwd, 'pid'), 'utf8') !== '', 30_000);
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  await expectGone(cwd);
});

test.skipIf(process.platform === 'win32')('ends a process after its time, with what it has started', async () => {
  const cwd = testDirectory();
  const captured = await capture({ executable: node, args: ['-e', PARENT], env, cwd, timeLimit: 8000 });
  expect(captured.failure).toBe('timed out after 8 s');
  await expectGone(cwd);
});

test('starts nothing for a signal that is aborted', async () => {
  const signal = AbortSignal.abort(new Error('before'));
  await expect(capture({ executable: node, args: [], env, signal })).rejects.toThrow('before');
});

async function expectGone(cwd: string): Promise<void> {
  const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
  await vi.waitUntil(() => !isRunning(pid), 10_000);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
