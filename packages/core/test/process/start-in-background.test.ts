import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInBackground } from '@vivarium/core/internal';
import { expect, test, vi } from 'vitest';
import { testDirectory } from '../directory.ts';

const { env } = process;

test('starts a process that is not waited for', async () => {
  const cwd = testDirectory();
  const script = 'require("node:fs").writeFileSync("done", process.argv[1])';
  await startInBackground({ executable: process.execPath, args: ['-e', script, 'ö'], env, cwd });
  await vi.waitUntil(() => existsSync(join(cwd, 'done')) && readFileSync(join(cwd, 'done'), 'utf8') === 'ö', 30_000);
});

test.each(['missing', 'a\0b'])('is no error where nothing can be started: %j', async (name) => {
  const executable = join(testDirectory(), name);
  expect(await startInBackground({ executable, args: [], env })).toBeUndefined();
});
