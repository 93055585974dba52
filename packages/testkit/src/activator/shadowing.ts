import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import { type CheckContext, type CheckTarget, check, has } from './check.ts';

const SHADOWS = {
  function: 'functions',
  frozen: 'functions, though they cannot be taken away',
  alias: 'aliases',
} as const;

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
      // Blanks and what a setting could take for a pattern.
      const hostile = { directory: "it's [a] $(pwned)" };
      const isBorne = shell.cannotBear?.(hostile, 'enter') === undefined;
      const environment = await context.make({ ...(isBorne ? hostile : { directory: 'env' }), tcl: context.directory });
      const variables = ['PYTHONHOME', 'PKG_CONFIG_PATH', 'TCL_LIBRARY'];
      const outcomes = [];
      for (const setting of ['', ...(shell.settings ?? [])]) {
        const run = await context.run([
          ...variables.map((variable) => shell.export(variable, '/mine')),
          setting,
          context.activate(environment),
          context.activate(environment),
          context.report('during'),
          context.deactivate(environment),
          context.report('after'),
        ]);
        const [during, after] = ['during', 'after'].map((label) => {
          const { VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PATH, PYTHONHOME, PKG_CONFIG_PATH, TCL_LIBRARY } = run.report(label);
          return { VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PATH, PYTHONHOME, PKG_CONFIG_PATH, TCL_LIBRARY };
        });
        outcomes.push({ setting, status: run.status, said: run.stdout + run.stderr, during, after });
      }
      const [{ during, after } = { during: undefined, after: undefined }] = outcomes;
      expect(during).toMatchObject({ VIRTUAL_ENV: environment.destination, VIRTUAL_ENV_PROMPT: environment.prompt });
      expect(after).toEqual({
        VIRTUAL_ENV: undefined,
        VIRTUAL_ENV_PROMPT: undefined,
        PATH: context.userPath,
        PYTHONHOME: '/mine',
        PKG_CONFIG_PATH: '/mine',
        TCL_LIBRARY: '/mine',
      });
      expect(outcomes).toEqual(outcomes.map(({ setting }) => ({ setting, status: 0, said: '', during, after })));
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

  const own = (context: CheckContext, environment: TestEnvironment): readonly string[] => [
    context.activate(environment),
    context.report('during'),
    context.deactivate(environment),
    context.report('after'),
  ];

  for (const [kind, title] of Object.entries(SHADOWS)) {
    const ability = kind === 'frozen' ? 'function' : (kind as 'function' | 'alias');
    check(target, `is not led astray by the user's own ${title}`, {
      needs: kind === 'frozen' ? ['function', 'frozen', 'deactivate'] : [ability, 'deactivate'],
      body: async (context) => {
        const define = shell[ability];
        const { commands } = shell;
        if (define === undefined || commands === undefined)
          throw new Error(`${shell.name} names no commands to shadow`);
        const environment = await context.make({ directory: 'env', tcl: context.directory });
        // What freezes a function comes last, since its own name is one of them.
        const freezes = (name: string): boolean => shell.freeze?.(name).startsWith(`${name} `) ?? false;
        const frozen = kind === 'frozen' ? commands.filter((name) => !freezes(name)) : [];
        const rest = commands.filter((name) => !frozen.includes(name));
        const shadow = (name: string): string => define.call(shell, name, context.join(context.helpers, 'pwned'));
        const run = await context.run([
          ...frozen.flatMap((name) => [shadow(name), shell.freeze?.(name) ?? '']),
          ...rest.map(shadow),
          ...own(context, environment),
        ]);
        expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
        expect(run.report('during').VIRTUAL_ENV).toBe(environment.destination);
        expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
        expect(run.report('after').PATH).toBe(context.userPath);
      },
    });
  }

  check(target, 'is not led astray by aliases for words of the language itself', {
    needs: ['alias', 'reserved', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env', tcl: context.directory });
      const outcomes = [];
      for (const word of shell.reserved ?? []) {
        const run = await context.run([
          shell.alias?.(word, context.join(context.helpers, 'pwned')) ?? '',
          ...own(context, environment),
        ]);
        const labels = run.notes.map(({ kind, label }) => `${kind} ${label}`);
        outcomes.push({ word, said: run.stdout + run.stderr, labels, place: run.report('during').VIRTUAL_ENV });
      }
      const labels = ['report during', 'report after'];
      expect(outcomes).toEqual(
        outcomes.map(({ word }) => ({ word, said: '', labels, place: environment.destination })),
      );
    },
  });

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
