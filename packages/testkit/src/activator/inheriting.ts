import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import { type CheckContext, type CheckTarget, check, comparable, has } from './check.ts';

/** What a shell has inherited: from tmux, a login shell, an editor, a shell above in which an environment is active. */
export function testInheriting(target: CheckTarget): void {
  const { shell } = target;

  check(target, 'is left for good in a shell that inherited its variables', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        ...inherit(context, environment, context.userPath),
        context.activate(environment),
        context.deactivate(environment),
        context.report('reset'),
        ...inherit(context, environment, context.list(environment.scripts, context.userPath)),
        context.activate(environment),
        context.report('during'),
        context.deactivate(environment),
        context.report('inherited'),
        ...inherit(context, environment, context.list(context.userPath, environment.scripts)),
        context.activate(environment),
        context.deactivate(environment),
        context.report('reordered'),
      ]);
      const gone = { place: undefined, prompt: undefined, path: context.userPath };
      for (const label of ['reset', 'inherited', 'reordered']) {
        expect({ label, ...named(run.report(label)) }).toEqual({ label, ...gone });
      }
      expect(run.report('during').PATH).toBe(context.list(environment.scripts, context.userPath));
    },
  });

  check(target, 'gives back an environment that was inherited only if its scripts are on PATH', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const outer = await context.make({ directory: 'outer' });
      const path = context.list(outer.scripts, context.userPath);
      const run = await context.run([
        ...inherit(context, outer, context.userPath),
        context.activate(environment),
        context.report('during'),
        context.deactivate(environment),
        context.report('reset'),
        ...inherit(context, outer, path),
        context.activate(environment),
        context.deactivate(environment),
        context.report('nested'),
      ]);
      expect(named(run.report('during'))).toEqual({
        place: environment.destination,
        prompt: 'env',
        path: context.list(environment.scripts, context.userPath),
      });
      expect(named(run.report('reset'))).toEqual({ place: undefined, prompt: undefined, path: context.userPath });
      expect(named(run.report('nested'))).toEqual({ place: outer.destination, prompt: 'outer', path });
    },
  });

  check(target, 'shows everything to child processes, also what was a variable of the shell alone', {
    needs: ['unexported', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env', tcl: context.directory });
      const pkgConfig = has(shell, 'pkgConfigPath');
      const tcl = has(shell, 'tcl');
      const variables = [
        ...['PATH', 'VIRTUAL_ENV', 'VIRTUAL_ENV_PROMPT'],
        ...(pkgConfig ? ['PKG_CONFIG_PATH'] : []),
        ...(tcl ? ['TCL_LIBRARY', 'TK_LIBRARY'] : []),
      ];
      const run = await context.run([
        ...variables.flatMap((variable) => [
          shell.unset(variable),
          shell.assign?.(variable, variable === 'PATH' ? context.userPath : '/own') ?? '',
        ]),
        context.report('before'),
        context.activate(environment),
        context.report('during'),
        context.python('during'),
        context.deactivate(environment),
        context.report('after'),
      ]);
      const during = run.report('during');
      expect(named(during)).toEqual({
        place: environment.destination,
        prompt: 'env',
        path: context.list(environment.scripts, context.userPath),
      });
      const own = context.list(context.join(environment.destination, 'lib', 'pkgconfig'), '/own');
      if (pkgConfig) expect(during.PKG_CONFIG_PATH).toBe(own);
      if (tcl) expect(during.TCL_LIBRARY).toBe(context.join(context.directory, 'tcl8.6'));
      expect(run.python('during')).toBe(environment.directory);
      expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, run.report('before')));
    },
  });

  check(target, 'gives the entries of PATH back where duplicates were removed in the meantime', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const own = environment.scripts;
      const slash = shell.os === 'nt' ? '\\' : '/';
      const user = context.userPath;
      const other = context.join(context.helpers, 'none');
      const paths: readonly (readonly [before: string, edited: string, after: string])[] = [
        [context.list(user, own), context.list(own, user), context.list(user, own)],
        [context.list(user, own), context.list(other, own, user), context.list(other, user, own)],
        [context.list(user, own, own), context.list(own, user), context.list(user, own)],
        [
          context.list(user, `${own}${slash}`),
          context.list(own, user, `${own}${slash}`),
          context.list(user, `${own}${slash}`),
        ],
        [context.list(user, user), context.list(own, user, user), context.list(user, user)],
      ];
      const run = await context.run(
        paths.flatMap(([before, edited], index) => [
          shell.export('PATH', before),
          context.activate(environment),
          shell.export('PATH', edited),
          context.deactivate(environment),
          context.report(`${index}`),
        ]),
      );
      const left = paths.map(([before, edited], index) => ({ before, edited, after: run.report(`${index}`).PATH }));
      expect(left).toEqual(paths.map(([before, edited, after]) => ({ before, edited, after })));
    },
  });
}

function inherit({ shell }: CheckContext, { destination, prompt }: TestEnvironment, path: string): readonly string[] {
  return [
    shell.export('VIRTUAL_ENV', destination),
    shell.export('VIRTUAL_ENV_PROMPT', prompt),
    shell.export('PATH', path),
  ];
}

function named({ VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PATH }: Readonly<Record<string, string>>): object {
  return { place: VIRTUAL_ENV, prompt: VIRTUAL_ENV_PROMPT, path: PATH };
}
