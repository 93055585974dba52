import { cp, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type CheckTarget, check, separatorOf } from './check.ts';

/** An environment that is no longer where it was created. */
export function testMoving(target: CheckTarget): void {
  const { shell } = target;
  const path = shell.path ?? ((host: string) => host);

  for (const way of ['moved', 'copied'] as const) {
    check(target, `follows an environment that was ${way}`, {
      needs: ['moved'],
      body: async (context) => {
        const first = await context.make({ directory: 'first' });
        const place = join(context.directory, "new $(pwned) 'place'", 'second');
        await cp(first.directory, place, { recursive: true, verbatimSymlinks: true });
        if (way === 'moved') await rename(first.directory, join(context.directory, 'elsewhere'));
        const moved = { ...first, script: path(join(place, first.layout.scripts, shell.script)) };
        const run = await context.run([
          context.report('before'),
          context.activate(moved),
          context.report('during'),
          context.python('during'),
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

  check(target, 'follows it also when it is named by a relative path', {
    needs: ['moved'],
    body: async (context) => {
      const first = await context.make({ directory: 'first' });
      const second = join(context.directory, 'second');
      await rename(first.directory, second);
      const { scripts } = first.layout;
      for (const [cwd, script] of [
        [context.directory, join('second', scripts, shell.script)],
        [join(second, scripts), join('..', scripts, '.', shell.script)],
        [join(second, scripts), `./${shell.script}`],
        [join(context.directory, 'work'), join('..', 'second', scripts, shell.script)],
      ] as const) {
        const run = await context.run([context.activate({ ...first, script }), context.report('during')], { cwd });
        expect({ script, place: run.report('during').VIRTUAL_ENV }).toEqual({ script, place: path(second) });
      }
    },
  });
}
