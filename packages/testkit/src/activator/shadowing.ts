import { expect } from 'vitest';
import { type Bench, check, has } from './check.ts';

/** Strict modes, shells that remember nothing, and users who have named their own things like ours. */
export function testSurroundings(bench: Bench): void {
  const { shell } = bench;

  check(bench, 'works where each failure and each unset variable ends the shell', {
    needs: ['strict', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.strict ?? '',
        scene.activate(environment),
        scene.activate(environment),
        scene.report('during'),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      expect(run.report('during').VIRTUAL_ENV).toBe(environment.destination);
      expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
      expect(run.status).toBe(0);
      if (has(shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
    },
  });

  check(bench, 'is silent, and right, under every setting of the shell', {
    needs: ['settings', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      for (const setting of shell.settings ?? []) {
        const run = await scene.run([
          setting,
          scene.activate(environment),
          scene.report('during'),
          scene.deactivate(environment),
          scene.report('after'),
        ]);
        const output = { status: run.status, said: run.stdout + run.stderr };
        expect({ setting, ...output, place: run.report('during').VIRTUAL_ENV }).toEqual({
          setting,
          status: 0,
          said: '',
          place: environment.destination,
        });
        expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
        expect(run.report('after').PATH).toBe(scene.userPath);
      }
    },
  });

  check(bench, 'works in a shell that does not remember where commands are', {
    needs: ['noHashing', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.noHashing ?? '',
        shell.strict ?? '',
        scene.activate(environment),
        scene.python('during'),
        scene.deactivate(environment),
        scene.report('after'),
      ]);
      expect(run.python('during')).toBe(environment.directory);
      expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
      expect({ status: run.status, output: run.stdout + run.stderr }).toEqual({ status: 0, output: '' });
    },
  });

  for (const kind of ['function', 'alias'] as const) {
    check(bench, `is not led astray by the user's own ${kind === 'alias' ? 'aliases' : 'functions'}`, {
      needs: [kind, 'deactivate'],
      body: async (scene) => {
        const define = shell[kind];
        const { commands } = shell;
        if (define === undefined || commands === undefined)
          throw new Error(`${shell.name} names no commands to shadow`);
        const environment = await scene.make({ directory: 'env', tcl: scene.directory });
        const run = await scene.run([
          ...commands.map((name) => define.call(shell, name, scene.join(scene.helpers, 'pwned'))),
          scene.activate(environment),
          scene.report('during'),
          scene.deactivate(environment),
          scene.report('after'),
        ]);
        expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
        expect(run.report('during').VIRTUAL_ENV).toBe(environment.destination);
        expect(run.report('after').VIRTUAL_ENV).toBeUndefined();
        expect(run.report('after').PATH).toBe(scene.userPath);
      },
    });
  }

  check(bench, 'keeps a function of the user’s that is named pydoc', {
    needs: ['function', 'pydoc', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      const run = await scene.run([
        shell.function?.('pydoc', scene.join(scene.helpers, 'greet')) ?? '',
        scene.activate(environment),
        scene.deactivate(environment),
        scene.call('pydoc', ''),
      ]);
      expect(run.notes.map(({ kind, label }) => [kind, label])).toEqual([['greet', 'pydoc']]);
    },
  });

  check(bench, 'starts no process', {
    needs: ['readLine'],
    body: async (scene) => {
      const environment = await scene.make({ directory: 'env' });
      // The last number in this file is that of the youngest process. Other programs start some too: one quiet moment
      // out of many is enough to see that activation starts none, and none of them is quiet if it does.
      const read = (variable: string): string => shell.readLine?.('/proc/loadavg', variable) ?? '';
      const rounds = Array.from({ length: 40 }, (_, index) => index);
      const run = await scene.run(
        rounds.flatMap((round) => [
          read('VIVARIUM_START'),
          scene.activate(environment),
          ...(has(shell, 'deactivate') ? [scene.deactivate(environment)] : []),
          read('VIVARIUM_END'),
          scene.report(`${round}`),
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
