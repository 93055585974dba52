import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

const FILES = 400;
/** In CI a sample; more by this variable. */
const KILLS = Number(process.env.VIVARIUM_KILLS ?? 8);

test('a move that is killed leaves the old environment or the new one, complete', async () => {
  const directory = temporaryDirectory();
  const script = await bundleScript(fileURLToPath(new URL('move-script.ts', import.meta.url)), directory);
  const old = join(directory, 'old');
  execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', old]);
  mkdirSync(join(old, 'share'));
  for (let index = 0; index < FILES; index += 1) writeFileSync(join(old, `share/${index}`), `${index}`);
  writeFileSync(join(old, 'bin/tool'), `#!${old}/bin/python\nimport sys; print(sys.prefix)\n`, { mode: 0o755 });

  const isComplete = (place: string): boolean => {
    if (!existsSync(join(place, 'pyvenv.cfg'))) return false;
    for (let index = 0; index < FILES; index += 1) if (!existsSync(join(place, `share/${index}`))) return false;
    return execFileSync(join(place, 'bin/tool'), { encoding: 'utf8' }).trim() === place;
  };
  const move = (from: string, to: string, after?: number): Promise<void> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [script, directory, from, to], { stdio: 'ignore' });
      const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });

  const start = Date.now();
  await move('old', 'place-0');
  const whole = Date.now() - start;
  let [place, moves] = ['place-0', 0];
  for (let index = 1; index <= KILLS; index += 1) {
    const next = `place-${index}`;
    await move(place, next, (whole * index) / KILLS);
    const complete = [place, next].filter((name) => isComplete(join(directory, name)));
    expect(complete.length).toBeGreaterThan(0);
    if (complete.includes(next)) [place, moves] = [next, moves + 1];
  }
  // What killed runs left does not keep anything from being moved.
  await move(place, 'last');
  expect(isComplete(join(directory, 'last'))).toBe(true);
  expect(moves).toBeLessThanOrEqual(KILLS);
});
