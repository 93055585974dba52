import { expect, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

/** A terminal as it is opened by default. */
const [COLUMNS, ROWS] = [80, 24];

test.each([
  'inspect',
  'doctor',
  'repair',
  'run',
  'env',
  'move',
  'clone',
  'list',
  'remove',
  'prune',
  'undo',
  'completion',
])('the help of %s fits on one screen', async (command) => {
  const { stdout, exitCode } = await newSandbox().vivarium(command, '--help');
  expect(exitCode).toBe(0);
  const rows = stdout.split('\n').map((line) => Math.max(1, Math.ceil(line.length / COLUMNS)));
  expect(rows.reduce((sum, count) => sum + count, 0)).toBeLessThan(ROWS);
});
