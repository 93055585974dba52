import { cp, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type Bench, check, separatorOf } from './check.ts';

/** An environment that is no longer where it was created. */
export function testMoving(bench: Bench): void {
  const { shell } = bench;
  const path = shell.path ?? ((host: string) => host);

  for (const way of ['moved', 'copied'] as const) {
    check(bench, `follows an environment that was ${way}`, {
      needs: ['moved'],
      body: async (scene) => {
        const first = await scene.make({ directory: 'first' });
        const place = join(scene.directory, "new $(pwned) 'place'", 'second');
        await cp(first.directory, place, { recursive: true, verbatimSymlinks: true });
        if (way === 'moved') await rename(first.directory, join(scene.directory, 'elsewhere'));
        const moved = { ...first, script: path(join(place, first.layout.scripts, shell.script)) };
        const run = await scene.run([
          scene.report('before'),
          scene.activate(moved),
          scene.report('during'),
          scene.python('during'),
        ]);
        const scripts = path(join(place, first.layout.scripts));
        expect(run.report('during').VIRTUAL_ENV).toBe(path(place));
        expect(run.report('during').VIRTUAL_ENV_PROMPT).toBe(basename(place));
        expect(run.report('during').PATH).toBe(`${scripts}${separatorOf(shell)}${run.report('before').PATH}`);
        expect(run.python('during')).toBe(place);
        expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
      },
    });
  }

  check(bench, 'follows it also when it is named by a relative path', {
    needs: ['moved'],
    body: async (scene) => {
      const first = await scene.make({ directory: 'first' });
      const second = join(scene.directory, 'second');
      await rename(first.directory, second);
      const { scripts } = first.layout;
      for (const [cwd, script] of [
        [scene.directory, join('second', scripts, shell.script)],
        [join(second, scripts), join('..', scripts, '.', shell.script)],
        [join(second, scripts), `./${shell.script}`],
        [join(scene.directory, 'work'), join('..', 'second', scripts, shell.script)],
      ] as const) {
        const run = await scene.run([scene.activate({ ...first, script }), scene.report('during')], { cwd });
        expect({ script, place: run.report('during').VIRTUAL_ENV }).toEqual({ script, place: path(second) });
      }
    },
  });
}
