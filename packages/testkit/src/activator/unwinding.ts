import { expect } from 'vitest';
import { type CheckTarget, check, comparable, has, separatorOf } from './check.ts';

/** What happens when it is entered again, when another is entered on top, and when `PATH` is edited in the meantime. */
export function testUnwinding(target: CheckTarget): void {
  const { shell } = target;
  const separator = separatorOf(shell);

  check(target, 'is left at once after being entered twice', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        context.report('before'),
        context.activate(environment),
        context.report('once'),
        context.activate(environment),
        context.report('twice'),
        context.deactivate(environment),
        context.report('after'),
      ]);
      expect(comparable(shell, run.report('twice'))).toEqual(comparable(shell, run.report('once')));
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, run.report('before')));
      if (has(shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
    },
  });

  check(target, 'gives way to another environment that is entered, and both are gone when that one is left', {
    needs: ['deactivate', 'nested'],
    body: async (context) => {
      const first = await context.make({ directory: 'first' });
      const second = await context.make({ directory: 'second' });
      const run = await context.run([
        context.report('before'),
        context.activate(first),
        context.activate(second),
        context.report('during'),
        context.python('during'),
        context.deactivate(second),
        context.report('after'),
      ]);
      const before = run.report('before');
      expect(run.report('during').VIRTUAL_ENV).toBe(second.destination);
      expect(run.report('during').VIRTUAL_ENV_PROMPT).toBe('second');
      expect(run.report('during').PATH).toBe(`${second.scripts}${separator}${before.PATH}`);
      expect(run.python('during')).toBe(second.directory);
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, before));
    },
  });

  check(target, 'takes its own entry out of PATH and keeps every later change', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const own = environment.scripts;
      const user = context.userPath;
      const paths: readonly (readonly [edited: string, left: string])[] = [
        [join('/before', own, user), join('/before', user)],
        [join(own, user, '/after'), join(user, '/after')],
        [join('/before', own, user, '/after'), join('/before', user, '/after')],
        [join(user, own), user],
        [join('/before', user, own, '/after'), join('/before', user, '/after')],
        [join('/before', user), join('/before', user)],
        [join(own, '/not', `${own}/below`, user), join('/not', `${own}/below`, user)],
      ];
      const run = await context.run(
        paths.flatMap(([edited], index) => [
          shell.export('PATH', user),
          context.activate(environment),
          shell.export('PATH', edited),
          context.deactivate(environment),
          context.report(`${index}`),
        ]),
      );
      const left = paths.map(([edited], index) => ({ edited, left: run.report(`${index}`).PATH }));
      expect(left).toEqual(paths.map(([edited, expected]) => ({ edited, left: expected })));
    },
  });

  check(target, 'leaves an equal entry of PATH that was there before', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const path = join(context.userPath, environment.scripts);
      const run = await context.run([
        shell.export('PATH', path),
        context.activate(environment),
        context.report('during'),
        context.deactivate(environment),
        context.report('after'),
      ]);
      expect(run.report('during').PATH).toBe(join(environment.scripts, path));
      expect(run.report('after').PATH).toBe(path);
    },
  });

  function join(...entries: readonly string[]): string {
    return entries.join(separator);
  }
}
