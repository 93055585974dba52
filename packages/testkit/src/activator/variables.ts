import { expect } from 'vitest';
import type { Shell } from '../shell.ts';
import { type CheckContext, type CheckTarget, check, comparable, has } from './check.ts';

/** Variables that an activation changes come back as they were: unset, empty or set, exported or not. */
export function testVariables(target: CheckTarget): void {
  const { shell } = target;
  const path = shell.path ?? ((host: string) => host);

  check(target, 'takes PYTHONHOME away and gives it back as it was', {
    needs: ['pythonHome', 'deactivate'],
    body: async (context) => {
      for (const { during } of await tryStates(context, 'PYTHONHOME')) expect(during).toBeUndefined();
    },
  });

  check(target, 'puts its directory first on PKG_CONFIG_PATH and takes it back', {
    needs: ['pkgConfigPath', 'deactivate'],
    body: async (context) => {
      const own = context.join(path(context.directory), 'PKG_CONFIG_PATH-env', 'lib', 'pkgconfig');
      for (const { state, value, during } of await tryStates(context, 'PKG_CONFIG_PATH')) {
        if (state === 'unexported') continue;
        expect({ state, during }).toEqual({ state, during: value ? context.list(own, value) : own });
      }
    },
  });

  check(target, 'sets TCL_LIBRARY and TK_LIBRARY where Python needs them, and takes them back', {
    needs: ['tcl', 'deactivate'],
    body: async (context) => {
      const tcl = context.join(path(context.directory), 'tcl');
      for (const [variable, directory] of [
        ['TCL_LIBRARY', context.join(tcl, 'tcl8.6')],
        ['TK_LIBRARY', context.join(tcl, 'tk8.6')],
      ] as const) {
        for (const { state, during } of await tryStates(context, variable, tcl)) {
          if (state !== 'unexported')
            expect({ variable, state, during }).toEqual({ variable, state, during: directory });
        }
      }
    },
  });

  check(target, 'leaves TCL_LIBRARY and TK_LIBRARY alone where Python does not need them', {
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([context.activate(environment), context.report('during')]);
      expect(run.report('during').TCL_LIBRARY).toBeUndefined();
      expect(run.report('during').TK_LIBRARY).toBeUndefined();
    },
  });

  check(target, 'keeps what was done to these variables in the meantime', {
    needs: ['deactivate', 'pythonHome', 'pkgConfigPath'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.export('PYTHONHOME', '/old'),
        shell.export('PKG_CONFIG_PATH', '/old'),
        context.activate(environment),
        shell.export('PYTHONHOME', '/new'),
        shell.export(
          'PKG_CONFIG_PATH',
          context.list('/new', context.join(environment.destination, 'lib', 'pkgconfig'), '/old'),
        ),
        context.deactivate(environment),
        context.report('after'),
      ]);
      expect(run.report('after').PYTHONHOME).toBe('/new');
      expect(run.report('after').PKG_CONFIG_PATH).toBe(context.list('/new', '/old'));
    },
  });

  check(target, 'leaves PATH empty, and unset, where it was', {
    needs: ['deactivate', 'emptyPath'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.export('PATH', ''),
        context.activate(environment),
        context.report('over-empty'),
        context.deactivate(environment),
        context.report('empty'),
        shell.unset('PATH'),
        context.activate(environment),
        context.report('over-unset'),
        context.deactivate(environment),
        context.report('unset'),
      ]);
      expect(run.report('over-empty').PATH).toBe(environment.scripts);
      expect(run.report('empty').PATH).toBe('');
      expect(run.report('over-unset').PATH).toBe(environment.scripts);
      expect(run.report('unset').PATH).toBeUndefined();
    },
  });

  check(target, 'gives the prompt back as it was, and exports it only if it was exported', {
    needs: ['promptVariable', 'deactivate'],
    body: async (context) => {
      const variable = shell.promptVariable ?? '';
      for (const { state, during } of await tryStates(context, variable)) {
        if (state === 'unexported') expect(during).toBeUndefined();
      }
    },
  });

  check(target, 'leaves no layer of what an editor puts around the prompt again and again', {
    needs: ['promptVariable', 'wrappedPrompt', 'deactivate'],
    body: async (context) => {
      const variable = shell.promptVariable ?? '';
      const environment = await context.make({ directory: 'env' });
      const wrap = shell.wrapPrompt?.('<A>', '<B>') ?? '';
      const cycle = [context.activate(environment), wrap, context.deactivate(environment)];
      const run = await context.run([
        shell.export(variable, 'mine> '),
        ...cycle,
        ...cycle,
        ...cycle,
        shell.copy(variable, 'VIVARIUM_COPY'),
        context.report('after'),
      ]);
      expect(run.report('after').VIVARIUM_COPY).toBe('<A>mine> <B>');
    },
  });

  check(target, 'leaves the prompt variable alone where VIRTUAL_ENV_DISABLE_PROMPT is set', {
    needs: ['promptVariable'],
    body: async (context) => {
      const variable = shell.promptVariable ?? '';
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        shell.export('VIRTUAL_ENV_DISABLE_PROMPT', '1'),
        shell.export(variable, 'mine> '),
        context.activate(environment),
        shell.copy(variable, 'VIVARIUM_COPY'),
        context.report('during'),
      ]);
      expect(run.report('during').VIVARIUM_COPY).toBe('mine> ');
      expect(run.report('during').VIRTUAL_ENV_PROMPT).toBe('env');
    },
  });
}

interface Outcome {
  readonly state: string;
  readonly value: string | undefined;
  /** What the shell's children see of it while the environment is active. */
  readonly during: string | undefined;
}

interface State {
  readonly state: string;
  readonly value: string | undefined;
  readonly line: (shell: Shell, variable: string) => string;
}

const STATES: readonly State[] = [
  { state: 'unset', value: undefined, line: () => '' },
  // Before those that export it: some shells go on exporting a variable of their own after it was unset.
  { state: 'unexported', value: '/a b/c', line: (shell, variable) => shell.assign?.(variable, '/a b/c') ?? '' },
  { state: 'empty', value: '', line: (shell, variable) => shell.export(variable, '') },
  { state: 'set', value: '/a b/c', line: (shell, variable) => shell.export(variable, '/a b/c') },
];

// Goes through an activation with the variable in each state, and sees to it that it ends as it began.
async function tryStates(context: CheckContext, variable: string, tcl?: string): Promise<readonly Outcome[]> {
  const { shell } = context;
  const directory = `${variable}-env`;
  const environment = await context.make({ directory, ...(tcl === undefined ? {} : { tcl }) });
  const states = STATES.filter(({ state }) => (state !== 'empty' && state !== 'unexported') || has(shell, state));
  const run = await context.run(
    states.flatMap(({ state, line }) => [
      shell.unset(variable),
      line(shell, variable),
      shell.copy(variable, 'VIVARIUM_COPY'),
      context.report(`${state}-before`),
      context.activate(environment),
      context.report(`${state}-during`),
      context.deactivate(environment),
      shell.copy(variable, 'VIVARIUM_COPY'),
      context.report(`${state}-after`),
    ]),
  );
  for (const { state } of states) {
    const before = run.report(`${state}-before`);
    const after = run.report(`${state}-after`);
    const seen = (env: Readonly<Record<string, string>>): unknown => ({
      state,
      copy: env.VIVARIUM_COPY,
      exported: comparable(shell, env),
    });
    expect(seen(after)).toEqual(seen(before));
  }
  return states.map(({ state, value }) => ({ state, value, during: run.report(`${state}-during`)[variable] }));
}
