import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

const FILES = 400;
/** In CI a sample; more by this variable. */
const KILLS = Number(process.env.VIVARIUM_KILLS ?? 8);

/** An environment with many files and a command, a process that moves or clones it, and how long that takes. */
async function setUp(action: 'move' | 'clone') {
  const directory = temporaryDirectory();
  const script = await bundleScript(fileURLToPath(new URL('relocate-script.ts', import.meta.url)), directory);
  const old = join(directory, 'old');
  execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', old]);
  mkdirSync(join(old, 'share'));
  for (let index = 0; index < FILES; index += 1) writeFileSync(join(old, `share/${index}`), `${index}`);
  writeFileSync(join(old, 'bin/tool'), `#!${old}/bin/python\nimport sys; print(sys.prefix)\n`, { mode: 0o755 });

  const isComplete = (name: string): boolean => {
    const place = join(directory, name);
    if (!existsSync(join(place, 'pyvenv.cfg'))) return false;
    for (let index = 0; index < FILES; index += 1) if (!existsSync(join(place, `share/${index}`))) return false;
    return execFileSync(join(place, 'bin/tool'), { encoding: 'utf8' }).trim() === place;
  };
  const relocate = (from: string, to: string, after?: number): Promise<void> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [script, directory, from, to, action], { stdio: 'ignore' });
      const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  const start = Date.now();
  await relocate('old', 'place-0');
  return { directory, isComplete, relocate, whole: Date.now() - start };
}

test('a move that is killed leaves the old environment or the new one, complete', async () => {
  const { isComplete, relocate, whole } = await setUp('move');
  let [place, moves] = ['place-0', 0];
  for (let index = 1; index <= KILLS; index += 1) {
    const next = `place-${index}`;
    await relocate(place, next, (whole * index) / KILLS);
    const complete = [place, next].filter(isComplete);
    expect(complete.length).toBeGreaterThan(0);
    if (complete.includes(next)) [place, moves] = [next, moves + 1];
  }
  // What killed runs left does not keep anything from being moved.
  await relocate(place, 'last');
  expect(isComplete('last')).toBe(true);
  expect(moves).toBeLessThanOrEqual(KILLS);
});

test('a clone that is killed leaves the old environment complete, and the new one complete or absent', async () => {
  const { directory, isComplete, relocate, whole } = await setUp('clone');
  expect(isComplete('place-0')).toBe(true);
  for (let index = 1; index <= KILLS; index += 1) {
    const next = `place-${index}`;
    await relocate('old', next, (whole * index) / KILLS);
    expect(isComplete('old')).toBe(true);
    if (existsSync(join(directory, next))) expect(isComplete(next)).toBe(true);
    // What the killed run left does not keep the place from being taken.
    else await relocate('old', next);
    expect(isComplete(next)).toBe(true);
    rmSync(join(directory, next), { recursive: true });
  }
  expect(readdirSync(join(directory, 'old', 'share'))).toHaveLength(FILES);
});
