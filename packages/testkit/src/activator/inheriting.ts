import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import { type Bench, check, comparable, has, type Scene } from './check.ts';

/** What a shell has inherited: from tmux, a login shell, an editor, a shell above in which an environment is active. */
export function testInheriting(bench: Bench): void {
  const { shell } = bench;

  check(bench, 'is left for good in a shell that inherited its variables', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        ...inherit(scene, environment, scene.userPath),
        scene.activate(environment),
        scene.deactivate(environment),
        scene.report('reset'),
        ...inherit(scene, environment, scene.list(environment.scripts, scene.userPath)),
        scene.activate(environment),
        scene.report('during'),
        scene.deactivate(environment),
        scene.report('inherited'),
        ...inherit(scene, environment, scene.list(scene.userPath, environment.scripts)),
        scene.activate(environment),
        scene.deactivate(environment),
        scene.report('reordered'),
      ]);
      const gone = { place: undefined, prompt: undefined, path: scene.userPath };
      for (const label of ['reset', 'inherited', 'reordered']) {
        expect({ label, ...named(run.report(label)) }).toEqual({ label, ...gone });
      }
      expect(run.report('during').PATH).toBe(scene.list(environment.scripts, scene.userPath));
    },
  });

  check(bench, 'gives back an environment that was inherited only if its scripts are on PATH', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const outer = await scene.make({ directory: 'outer' });
      const path = scene.list(outer.scripts, scene.userPath);
      const run = await scene.run([
        ...inherit(scene, outer, scene.userPath),
        scene.activate(environment),
        scene.report('during'),
        scene.deactivate(environment),
        scene.report('reset'),
        ...inherit(scene, outer, path),
        scene.activate(environment),
        scene.deactivate(environment),
        scene.report('nested'),
      ]);
      expect(named(run.report('during'))).toEqual({
        place: environment.destination,
        prompt: 'env',
        path: scene.list(environment.scripts, scene.userPath),
      });
      expect(named(run.report('reset'))).toEqual({ place: undefined, prompt: undefined, path: scene.userPath });
      expect(named(run.report('nested'))).toEqual({ place: outer.destination, prompt: 'outer', path });
    },
  });

  check(bench, 'shows everything to child processes, also what was a variable of the shell alone', {
    needs: ['unexported', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env', tcl: scene.directory });
      const pkgConfig = has(shell, 'pkgConfigPath');
      const tcl = has(shell, 'tcl');
      const variables = [
        ...['PATH', 'VIRTUAL_ENV', 'VIRTUAL_ENV_PROMPT'],
        ...(pkgConfig ? ['PKG_CONFIG_PATH'] : []),
        ...(tcl ? ['TCL_LIBRARY', 'TK_LIBRARY'] : []),
      ];
      const run = await scene.run([
        ...variables.flatMap((variable) => [
          shell.unset(variable),
          shell.assign?.(variable, variable === 'PATH' ? scene.userPath : '/own') ?? '',
        ]),
        scene.report('before'),
        scene.activate(environment),
        scene.report('during'),
        scene.python('during'),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      const during = run.report('during');
      expect(named(during)).toEqual({
        place: environment.destination,
        prompt: 'env',
        path: scene.list(environment.scripts, scene.userPath),
      });
      const own = scene.list(scene.join(environment.destination, 'lib', 'pkgconfig'), '/own');
      if (pkgConfig) expect(during.PKG_CONFIG_PATH).toBe(own);
      if (tcl) expect(during.TCL_LIBRARY).toBe(scene.join(scene.directory, 'tcl8.6'));
      expect(run.python('during')).toBe(environment.directory);
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, run.report('before')));
    },
  });

  check(bench, 'gives the entries of PATH back where duplicates were removed in the meantime', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const own = environment.scripts;
      const slash = shell.os === 'nt' ? '\\' : '/';
      const user = scene.userPath;
      const other = scene.join(scene.helpers, 'none');
      const paths: readonly (readonly [before: string, edited: string, after: string])[] = [
        [scene.list(user, own), scene.list(own, user), scene.list(user, own)],
        [scene.list(user, own), scene.list(other, own, user), scene.list(other, user, own)],
        [scene.list(user, own, own), scene.list(own, user), scene.list(user, own)],
        [
          scene.list(user, `${own}${slash}`),
          scene.list(own, user, `${own}${slash}`),
          scene.list(user, `${own}${slash}`),
        ],
        [scene.list(user, user), scene.list(own, user, user), scene.list(user, user)],
      ];
      const run = await scene.run(
        paths.flatMap(([before, edited], index) => [
          shell.export('PATH', before),
          scene.activate(environment),
          shell.export('PATH', edited),
          scene.deactivate(environment),
          scene.report(`${index}`),
        ]),
      );
      const left = paths.map(([before, edited], index) => ({ before, edited, after: run.report(`${index}`).PATH }));
      expect(left).toEqual(paths.map(([before, edited, after]) => ({ before, edited, after })));
    },
  });
}

function inherit({ shell }: Scene, { destination, prompt }: TestEnvironment, path: string): readonly string[] {
  return [
    shell.export('VIRTUAL_ENV', destination),
    shell.export('VIRTUAL_ENV_PROMPT', prompt),
    shell.export('PATH', path),
  ];
}

function named({ VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PATH }: Readonly<Record<string, string>>): object {
  return { place: VIRTUAL_ENV, prompt: VIRTUAL_ENV_PROMPT, path: PATH };
}
