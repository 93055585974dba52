import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CheckContext, type CheckTarget, check, comparable, has, separatorOf } from './check.ts';

/** What activating and deactivating does, and that it does it quietly. */
export function testActivating(target: CheckTarget): void {
  const { shell } = target;

  check(target, 'puts its Python first, and takes everything back', {
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const keep = (): string => shell.status?.('VIVARIUM_STATUS') ?? '';
      const run = await context.run([
        context.report('before'),
        context.python('before'),
        context.activate(environment),
        keep(),
        context.report('during'),
        context.python('during'),
        ...leaving(context, [
          context.deactivate(environment),
          keep(),
          context.report('after'),
          context.python('after'),
        ]),
      ]);

      const before = run.report('before');
      const during = run.report('during');
      expect(during.VIRTUAL_ENV).toBe(environment.destination);
      expect(during.VIRTUAL_ENV_PROMPT).toBe('env');
      expect(during.PATH).toBe(`${environment.scripts}${separatorOf(shell)}${before.PATH}`);
      expect(run.python('before')).toBe('');
      expect(run.python('during')).toBe(environment.directory);
      if (has(shell, 'status')) expect(during.VIVARIUM_STATUS).toBe('0');
      if (has(shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
      expect(run.status).toBe(0);
      if (!has(shell, 'deactivate')) return;
      const after = run.report('after');
      expect(comparable(shell, after)).toEqual(comparable(shell, before));
      expect(run.python('after')).toBe('');
      if (has(shell, 'status')) expect(after.VIVARIUM_STATUS).toBe('0');
    },
  });

  check(target, 'exports nothing but what an environment is known by', {
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.run([
        context.report('before'),
        context.activate(environment),
        context.report('during'),
      ]);
      const before = comparable(shell, run.report('before'));
      const during = comparable(shell, run.report('during'));
      const added = Object.keys(during).filter((name) => before[name] !== during[name]);
      const known = ['PATH', 'PKG_CONFIG_PATH', 'VIRTUAL_ENV', 'VIRTUAL_ENV_PROMPT'];
      if (has(shell, 'unexported')) expect(known).toEqual(expect.arrayContaining(added));
    },
  });

  check(target, 'carries the prompt that was asked for', {
    body: async (context) => {
      const environment = await context.make({ directory: 'env', prompt: 'a prompt of its own' });
      const run = await context.run([context.activate(environment), context.report('during')]);
      expect(run.report('during').VIRTUAL_ENV_PROMPT).toBe('a prompt of its own');
    },
  });

  check(target, 'says what to type when it is run instead of sourced', {
    needs: ['executed'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const run = await context.execute(environment.script);
      expect(run.status).not.toBe(0);
      expect(run.stdout).toBe('');
      expect(run.stderr).toContain(environment.script);
    },
  });

  check(target, 'offers the documentation of what the environment holds as pydoc', {
    needs: ['pydoc', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      await writeFile(join(environment.library, 'only_here.py'), '"""Known inside the environment alone."""\n');
      const run = await context.run([
        context.call('pydoc', 'before'),
        context.activate(environment),
        context.call('pydoc', 'only_here'),
        context.deactivate(environment),
        context.call('pydoc', 'after'),
      ]);
      expect(run.from('pydoc', 'before')).toBe('outside');
      expect(run.stdout).toContain('Known inside the environment alone.');
      expect(run.from('pydoc', 'after')).toBe('outside');
    },
  });
}

/** Lines for the shells that can leave an environment again. */
function leaving(context: CheckContext, lines: readonly string[]): readonly string[] {
  return has(context.shell, 'deactivate') ? lines : [];
}
