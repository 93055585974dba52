import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { findInterpreter } from '../interpreter.ts';
import { type CheckContext, type CheckTarget, check, comparable, has } from './check.ts';

/** Other tools: environments of the standard library's making in the same shell, and tools that move environments. */
export function testNeighbours(target: CheckTarget): void {
  const { shell } = target;

  check(target, 'changes places with an environment of the venv module’s, in either order', {
    needs: ['foreign', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const theirs = join(context.directory, 'theirs');
      await promisify(execFile)(findInterpreter().systemExecutable, ['-m', 'venv', '--without-pip', theirs]);
      const other = shell.activate(join(theirs, 'bin', shell.script));
      const prompt = shell.promptVariable;
      const run = await context.run([
        has(shell, 'foreignHome') ? shell.export('PYTHONHOME', '/mine') : '',
        prompt === undefined ? '' : shell.export(prompt, 'mine> '),
        ...look(context, 'before'),
        other,
        context.activate(environment),
        context.report('on-top'),
        context.deactivate(environment),
        ...look(context, 'left-ours'),
        context.activate(environment),
        other,
        context.report('below'),
        context.deactivate(environment),
        ...look(context, 'left-theirs'),
        context.activate(environment),
        context.report('again'),
        context.deactivate(environment),
        ...look(context, 'left-again'),
      ]);
      // The scripts of the venv module know nothing of PKG_CONFIG_PATH: on top of ours they leave it as they find it.
      const seen = (label: string): object => {
        const { PKG_CONFIG_PATH: _, ...others } = comparable(shell, run.report(label));
        return { ...others, prompt: run.report(label).VIVARIUM_LINE };
      };
      for (const label of ['on-top', 'again']) {
        expect({ label, place: run.report(label).VIRTUAL_ENV, path: run.report(label).PATH }).toEqual({
          label,
          place: environment.destination,
          path: context.list(environment.scripts, context.userPath),
        });
      }
      expect(run.report('below').VIRTUAL_ENV).toBe(theirs);
      expect(run.report('below').PATH).toBe(context.list(join(theirs, 'bin'), context.userPath));
      for (const label of ['left-ours', 'left-theirs', 'left-again']) expect(seen(label)).toEqual(seen('before'));
    },
  });

  check(target, 'is found where a tool has moved it and rewritten its path', {
    needs: ['rewritten'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const place = join(context.directory, 'else where');
      await rename(environment.directory, place);
      const script = join(place, environment.layout.scripts, shell.script);
      const [line, replacement] = shell.rewrite?.(place) ?? [/(?!)/, ''];
      const text = await readFile(script, 'utf8');
      expect(text.match(new RegExp(line, 'gm'))).toHaveLength(1);
      await writeFile(
        script,
        text.replace(new RegExp(line, 'm'), () => replacement),
      );
      const run = await context.run([context.activate({ ...environment, script }), context.report('during')]);
      expect(run.report('during').VIRTUAL_ENV).toBe(place);
      expect(run.report('during').PATH).toBe(context.list(join(place, environment.layout.scripts), context.userPath));
    },
  });
}

function look(context: CheckContext, label: string): readonly string[] {
  const { promptVariable } = context.shell;
  return [
    promptVariable === undefined ? '' : context.shell.copy(promptVariable, 'VIVARIUM_LINE'),
    context.report(label),
  ];
}
