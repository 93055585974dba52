import { expect } from 'vitest';
import { type Bench, check, comparable, has, separatorOf } from './check.ts';

/** What happens when it is entered again, when another is entered on top, and when `PATH` is edited in the meantime. */
export function testUnwinding(bench: Bench): void {
  const { shell } = bench;
  const separator = separatorOf(shell);

  check(bench, 'is left at once after being entered twice', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        scene.report('before'),
        scene.activate(environment),
        scene.report('once'),
        scene.activate(environment),
        scene.report('twice'),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      expect(comparable(shell, run.report('twice'))).toEqual(comparable(shell, run.report('once')));
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, run.report('before')));
      if (has(shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
    },
  });

  check(bench, 'gives way to another environment that is entered, and both are gone when that one is left', {
    needs: ['deactivate', 'nested'],
    body: async (scene) => {
      const first = await scene.make({ directory: 'first' });
      const second = await scene.make({ directory: 'second' });
      const run = await scene.run([
        scene.report('before'),
        scene.activate(first),
        scene.activate(second),
        scene.report('during'),
        scene.python('during'),
        scene.deactivate(second),
        scene.report('after'),
      ]);
      const before = run.report('before');
      expect(run.report('during').VIRTUAL_ENV).toBe(second.destination);
      expect(run.report('during').VIRTUAL_ENV_PROMPT).toBe('second');
      expect(run.report('during').PATH).toBe(`${second.scripts}${separator}${before.PATH}`);
      expect(run.python('during')).toBe(second.directory);
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, before));
    },
  });

  check(bench, 'takes its own entry out of PATH and keeps every later change', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const own = environment.scripts;
      const user = scene.userPath;
      const paths: readonly (readonly [edited: string, left: string])[] = [
        [join('/before', own, user), join('/before', user)],
        [join(own, user, '/after'), join(user, '/after')],
        [join('/before', own, user, '/after'), join('/before', user, '/after')],
        [join(user, own), user],
        [join('/before', user, own, '/after'), join('/before', user, '/after')],
        [join('/before', user), join('/before', user)],
        [join(own, '/not', `${own}/below`, user), join('/not', `${own}/below`, user)],
      ];
      const run = await scene.run(
        paths.flatMap(([edited], index) => [
          shell.export('PATH', user),
          scene.activate(environment),
          shell.export('PATH', edited),
          scene.deactivate(environment),
          scene.report(`${index}`),
        ]),
      );
      const left = paths.map(([edited], index) => ({ edited, left: run.report(`${index}`).PATH }));
      expect(left).toEqual(paths.map(([edited, expected]) => ({ edited, left: expected })));
    },
  });

  check(bench, 'leaves an equal entry of PATH that was there before', {
    needs: ['deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const path = join(scene.userPath, environment.scripts);
      const run = await scene.run([
        shell.export('PATH', path),
        scene.activate(environment),
        scene.report('during'),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      expect(run.report('during').PATH).toBe(join(environment.scripts, path));
      expect(run.report('after').PATH).toBe(path);
    },
  });

  function join(...entries: readonly string[]): string {
    return entries.join(separator);
  }
}
