import { expect, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

/** A terminal as it is opened by default. */
const [COLUMNS, ROWS] = [80, 24];

async function rowsOf(...args: readonly string[]): Promise<number> {
  const { stdout, exitCode } = await newSandbox().vivarium(...args);
  expect(exitCode).toBe(0);
  const rows = stdout.split('\n').map((line) => Math.max(1, Math.ceil(line.length / COLUMNS)));
  return rows.reduce((sum, count) => sum + count, 0);
}

test('the help of every command fits on one screen', async () => {
  const overview = (await newSandbox().vivarium('--help')).stdout;
  const commands = [...overview.matchAll(/^ {2}([a-z][\w-]*) /gm)].map(([, name]) => name as string);
  expect(commands).toContain('create');
  for (const command of commands) {
    const rows = await rowsOf(command, '--help');
    expect({ command, fits: rows < ROWS, rows }).toMatchObject({ fits: true });
  }
});

test('the other options are shown by --help all, and those of one group by its name', async () => {
  const sandbox = newSandbox();
  const help = async (...args: readonly string[]): Promise<string> => (await sandbox.vivarium(...args)).stdout;
  const short = await help('create', '--help');
  expect(short).toContain('--help all shows every option');
  expect(short).not.toContain('--plugin-root');
  for (const words of [
    ['create', '--help', 'all'],
    ['create', '--help', 'plugins'],
    ['help', 'create', 'plugins'],
  ]) {
    expect(await help(...words)).toContain('--plugin-root DIR');
  }
  expect(await help('create', '--help', 'plugins')).not.toContain('--system-site-packages');
  // What follows may be a destination too.
  expect(await help('create', '--help', '.venv')).toBe(short);
  const { exitCode, stderr } = await sandbox.vivarium('help', 'create', 'nonsense');
  expect({ exitCode, hint: /The groups are all, interpreter, .*output\./.test(stderr) }).toEqual({
    exitCode: 2,
    hint: true,
  });
});
