import { expect } from 'vitest';
import { type CheckTarget, check, has } from './check.ts';

/** Strict modes, shells that remember nothing, and users who have named their own things like ours. */
export function testSurroundings(target: CheckTarget): void {
  const { shell } = target;

  check(target, 'works where each failure and each unset variable ends the shell', {
    needs: ['strict', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.strict ?? '',
        context.activate(environment),
        context.activate(environment),
        context.report('during'),
        context.deactivate(environment),
        context.report('after'),
      ]);
      expect(run.report('during').VIRTUAL_ENV).toBe(environment.destination);
      expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
      expect(run.status).toBe(0);
      if (has(shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
    },
  });

  check(target, 'is silent, and right, under every setting of the shell', {
    needs: ['settings', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      for (const setting of shell.settings ?? []) {
        const run = await context.run([
          setting,
          context.activate(environment),
          context.report('during'),
          context.deactivate(environment),
          context.report('after'),
        ]);
        const output = { status: run.status, said: run.stdout + run.stderr };
        expect({ setting, ...output, place: run.report('during').VIRTUAL_ENV }).toEqual({
          setting,
          status: 0,
          said: '',
          place: environment.destination,
        });
        expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
        expect(run.report('after').PATH).toBe(context.userPath);
      }
    },
  });

  check(target, 'works in a shell that does not remember where commands are', {
    needs: ['noHashing', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.noHashing ?? '',
        shell.strict ?? '',
        context.activate(environment),
        context.python('during'),
        context.deactivate(environment),
        context.report('after'),
      ]);
      expect(run.python('during')).toBe(environment.directory);
      expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
      expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({ status: 0, output: '' });
    },
  });

  for (const kind of ['function', 'alias'] as const) {
    check(target, `is not led astray by the user's own ${kind === 'alias' ? 'aliases' : 'functions'}`, {
      needs: [kind, 'deactivate'],
      body: async (context) => {
        const define = shell[kind];
        const { commands } = shell;
        if (define === undefined || commands === undefined)
          throw new Error(`${shell.name} names no commands to shadow`);
        const environment = await context.make({ directory: 'env', tcl: context.directory });
        const run = await context.run([
          ...commands.map((name) => define.call(shell, name, context.join(context.helpers, 'pwned'))),
          context.activate(environment),
          context.report('during'),
          context.deactivate(environment),
          context.report('after'),
        ]);
        expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
        expect(run.report('during').VIRTUAL_ENV).toBe(environment.destination);
        expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
        expect(run.report('after').PATH).toBe(context.userPath);
      },
    });
  }

  check(target, 'keeps a function of the user’s that is named pydoc', {
    needs: ['function', 'pydoc', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.function?.('pydoc', context.join(context.helpers, 'greet')) ?? '',
        context.activate(environment),
        context.deactivate(environment),
        context.call('pydoc', ''),
      ]);
      expect(run.notes.map(({ kind, label }) => [kind, label])).toEqual([['greet', 'pydoc']]);
    },
  });

  check(target, 'starts no process', {
    needs: ['readLine'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      // The last number in this file is that of the youngest process. Other programs start some too: one quiet moment
      // out of many is enough to see that activation starts none, and none of them is quiet if it does.
      const read = (variable: string): string => shell.readLine?.('/proc/loadavg', variable) ?? '';
      const rounds = Array.from({ length: 40 }, (_, index) => index);
      const run = await context.run(
        rounds.flatMap((round) => [
          read('VIVARIUM_START'),
          context.activate(environment),
          ...(has(shell, 'deactivate') ? [context.deactivate(environment)] : []),
          read('VIVARIUM_END'),
          context.report(`${round}`),
        ]),
      );
      const started = rounds.map((round) => {
        const { VIVARIUM_START = '', VIVARIUM_END = '' } = run.report(`${round}`);
        return Number(VIVARIUM_END.split(' ').pop()) - Number(VIVARIUM_START.split(' ').pop());
      });
      expect(Math.min(...started)).toBe(0);
    },
  });
}
