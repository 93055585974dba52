import { expect } from 'vitest';
import type { Shell } from '../shell.ts';
import { type Bench, check, comparable, has, type Scene } from './check.ts';

/** Variables that an activation changes come back as they were: unset, empty or set, exported or not. */
export function testVariables(bench: Bench): void {
  const { shell } = bench;
  const path = shell.path ?? ((host: string) => host);

  check(bench, 'takes PYTHONHOME away and gives it back as it was', {
    needs: ['pythonHome', 'deactivate'],
    body: async (scene) => {
      for (const { during } of await tryStates(scene, 'PYTHONHOME')) expect(during).toBeUndefined();
    },
  });

  check(bench, 'puts its directory first on PKG_CONFIG_PATH and takes it back', {
    needs: ['pkgConfigPath', 'deactivate'],
    body: async (scene) => {
      const own = scene.join(path(scene.directory), 'PKG_CONFIG_PATH-env', 'lib', 'pkgconfig');
      for (const { state, value, during } of await tryStates(scene, 'PKG_CONFIG_PATH')) {
        if (state === 'unexported') continue;
        expect({ state, during }).toEqual({ state, during: value ? scene.list(own, value) : own });
      }
    },
  });

  check(bench, 'sets TCL_LIBRARY and TK_LIBRARY where Python needs them, and takes them back', {
    needs: ['tcl', 'deactivate'],
    body: async (scene) => {
      const tcl = scene.join(path(scene.directory), 'tcl');
      for (const [variable, directory] of [
        ['TCL_LIBRARY', scene.join(tcl, 'tcl8.6')],
        ['TK_LIBRARY', scene.join(tcl, 'tk8.6')],
      ] as const) {
        for (const { state, during } of await tryStates(scene, variable, tcl)) {
          if (state !== 'unexported')
            expect({ variable, state, during }).toEqual({ variable, state, during: directory });
        }
      }
    },
  });

  check(bench, 'leaves TCL_LIBRARY and TK_LIBRARY alone where Python does not need them', {
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([scene.activate(environment), scene.report('during')]);
      expect(run.report('during').TCL_LIBRARY).toBeUndefined();
      expect(run.report('during').TK_LIBRARY).toBeUndefined();
    },
  });

  check(bench, 'keeps what was done to these variables in the meantime', {
    needs: ['deactivate', 'pythonHome', 'pkgConfigPath'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.export('PYTHONHOME', '/old'),
        shell.export('PKG_CONFIG_PATH', '/old'),
        scene.activate(environment),
        shell.export('PYTHONHOME', '/new'),
        shell.export(
          'PKG_CONFIG_PATH',
          scene.list('/new', scene.join(environment.destination, 'lib', 'pkgconfig'), '/old'),
        ),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      expect(run.report('after').PYTHONHOME).toBe('/new');
      expect(run.report('after').PKG_CONFIG_PATH).toBe(scene.list('/new', '/old'));
    },
  });

  check(bench, 'leaves PATH empty, and unset, where it was', {
    needs: ['deactivate', 'emptyPath'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.export('PATH', ''),
        scene.activate(environment),
        scene.report('over-empty'),
        scene.deactivate(environment),
        scene.report('empty'),
        shell.unset('PATH'),
        scene.activate(environment),
        scene.report('over-unset'),
        scene.deactivate(environment),
        scene.report('unset'),
      ]);
      expect(run.report('over-empty').PATH).toBe(environment.scripts);
      expect(run.report('empty').PATH).toBe('');
      expect(run.report('over-unset').PATH).toBe(environment.scripts);
      expect(run.report('unset').PATH).toBeUndefined();
    },
  });

  check(bench, 'gives the prompt back as it was, and exports it only if it was exported', {
    needs: ['promptVariable', 'deactivate'],
    body: async (scene) => {
      const variable = shell.promptVariable ?? '';
      for (const { state, during } of await tryStates(scene, variable)) {
        if (state === 'unexported') expect(during).toBeUndefined();
      }
    },
  });

  check(bench, 'leaves no layer of what an editor puts around the prompt again and again', {
    needs: ['promptVariable', 'wrappedPrompt', 'deactivate'],
    body: async (scene) => {
      const variable = shell.promptVariable ?? '';
      const environment = await scene.make({ directory: 'env' });
      const wrap = shell.wrapPrompt?.('<A>', '<B>') ?? '';
      const cycle = [scene.activate(environment), wrap, scene.deactivate(environment)];
      const run = await scene.run([
        shell.export(variable, 'mine> '),
        ...cycle,
        ...cycle,
        ...cycle,
        shell.copy(variable, 'VIVARIUM_COPY'),
        scene.report('after'),
      ]);
      expect(run.report('after').VIVARIUM_COPY).toBe('<A>mine> <B>');
    },
  });

  check(bench, 'leaves the prompt variable alone where VIRTUAL_ENV_DISABLE_PROMPT is set', {
    needs: ['promptVariable'],
    body: async (scene) => {
      const variable = shell.promptVariable ?? '';
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.export('VIRTUAL_ENV_DISABLE_PROMPT', '1'),
        shell.export(variable, 'mine> '),
        scene.activate(environment),
        shell.copy(variable, 'VIVARIUM_COPY'),
        scene.report('during'),
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
async function tryStates(scene: Scene, variable: string, tcl?: string): Promise<readonly Outcome[]> {
  const { shell } = scene;
  const directory = `${variable}-env`;
  const environment = await scene.make({ directory, ...(tcl === undefined ? {} : { tcl }) });
  const states = STATES.filter(({ state }) => (state !== 'empty' && state !== 'unexported') || has(shell, state));
  const run = await scene.run(
    states.flatMap(({ state, line }) => [
      shell.unset(variable),
      line(shell, variable),
      shell.copy(variable, 'VIVARIUM_COPY'),
      scene.report(`${state}-before`),
      scene.activate(environment),
      scene.report(`${state}-during`),
      scene.deactivate(environment),
      shell.copy(variable, 'VIVARIUM_COPY'),
      scene.report(`${state}-after`),
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
