import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { findInterpreter } from '../interpreter.ts';
import { type Bench, check, comparable, has, type Scene } from './check.ts';

/** Other tools: environments of the standard library's making in the same shell, and tools that move environments. */
export function testNeighbours(bench: Bench): void {
  const { shell } = bench;

  check(bench, 'changes places with an environment of the venv module’s, in either order', {
    needs: ['foreign', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const theirs = join(scene.directory, 'theirs');
      await promisify(execFile)(findInterpreter().systemExecutable, ['-m', 'venv', '--without-pip', theirs]);
      const other = shell.activate(join(theirs, 'bin', shell.script));
      const prompt = shell.promptVariable;
      const run = await scene.run([
        has(shell, 'foreignHome') ? shell.export('PYTHONHOME', '/mine') : '',
        prompt === undefined ? '' : shell.export(prompt, 'mine> '),
        ...look(scene, 'before'),
        other,
        scene.activate(environment),
        scene.report('on-top'),
        scene.deactivate(environment),
        ...look(scene, 'left-ours'),
        scene.activate(environment),
        other,
        scene.report('below'),
        scene.deactivate(environment),
        ...look(scene, 'left-theirs'),
        scene.activate(environment),
        scene.report('again'),
        scene.deactivate(environment),
        ...look(scene, 'left-again'),
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
          path: scene.list(environment.scripts, scene.userPath),
        });
      }
      expect(run.report('below').VIRTUAL_ENV).toBe(theirs);
      expect(run.report('below').PATH).toBe(scene.list(join(theirs, 'bin'), scene.userPath));
      for (const label of ['left-ours', 'left-theirs', 'left-again']) expect(seen(label)).toEqual(seen('before'));
    },
  });

  check(bench, 'is found where a tool has moved it and rewritten its path', {
    needs: ['rewritten'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const place = join(scene.directory, 'else where');
      await rename(environment.directory, place);
      const script = join(place, environment.layout.scripts, shell.script);
      const [line, replacement] = shell.rewrite?.(place) ?? [/(?!)/, ''];
      const text = await readFile(script, 'utf8');
      expect(text.match(new RegExp(line, 'gm'))).toHaveLength(1);
      await writeFile(
        script,
        text.replace(new RegExp(line, 'm'), () => replacement),
      );
      const run = await scene.run([scene.activate({ ...environment, script }), scene.report('during')]);
      expect(run.report('during').VIRTUAL_ENV).toBe(place);
      expect(run.report('during').PATH).toBe(scene.list(join(place, environment.layout.scripts), scene.userPath));
    },
  });
}

function look(scene: Scene, label: string): readonly string[] {
  const { promptVariable } = scene.shell;
  return [promptVariable === undefined ? '' : scene.shell.copy(promptVariable, 'VIVARIUM_LINE'), scene.report(label)];
}
