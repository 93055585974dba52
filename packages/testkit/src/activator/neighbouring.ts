import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import { type CheckContext, type CheckTarget, check, comparable, has } from './check.ts';
import { ORDERS, OTHER_TOOLS, type OtherTool } from './other-tools.ts';

/** Other tools: their environments in the same shell, and tools that move environments. */
export function testNeighbours(target: CheckTarget): void {
  const { shell } = target;

  for (const tool of OTHER_TOOLS) {
    check(target, `leaves nothing behind after environments of its own and of ${tool.name} in any order`, {
      needs: ['foreign', 'deactivate'],
      environments: 4 * ORDERS.length,
      body: async (context) => {
        const ours = await context.make({ directory: 'ours', tcl: context.directory });
        const script = await scriptOf(context, tool);
        const enter = { ours: context.activate(ours), theirs: shell.activate(script) };
        const prompt = shell.promptVariable;
        const outcomes = [];
        for (const order of ORDERS) {
          const run = await context.run([
            has(shell, 'foreignHome') ? shell.export('PYTHONHOME', '/mine') : '',
            prompt === undefined ? '' : shell.export(prompt, 'mine> '),
            ...look(context, 'before'),
            ...order.map((one) => enter[one]),
            context.report('during'),
            context.deactivate(ours),
            ...look(context, 'after'),
          ]);
          const top = order.at(-1) === 'ours' ? ours.destination : join(context.directory, 'theirs');
          expect({ order, top: run.report('during').VIRTUAL_ENV }).toEqual({ order, top });
          // Where scripts know nothing of each other, the entry of what is below stays until all is left.
          const scripts = order.at(-1) === 'ours' ? ours.scripts : join(context.directory, 'theirs', 'bin');
          expect(run.report('during').PATH?.startsWith(context.list(scripts, ''))).toBe(true);
          const isLost = order.at(-1) === 'theirs' && !has(shell, 'foreignLast');
          const [before, after] = ['before', 'after'].map((label) =>
            seen(context, isLost ? withoutOwnVariables(run.report(label)) : run.report(label)),
          );
          outcomes.push({ order, before, after });
        }
        expect(outcomes).toEqual(outcomes.map(({ order, before }) => ({ order, before, after: before })));
      },
    });

    check(target, `is right again when it is entered after ${tool.name} was on top of it`, {
      needs: ['foreign', 'deactivate'],
      body: async (context) => {
        const ours = await context.make({ directory: 'ours', tcl: context.directory });
        const theirs = shell.activate(await scriptOf(context, tool));
        const cycle = [context.activate(ours), theirs, context.deactivate(ours)];
        const run = await context.run([
          // Where there was no prompt, scripts of other tools leave theirs.
          shell.promptVariable === undefined ? '' : shell.export(shell.promptVariable, 'mine> '),
          ...look(context, 'before'),
          ...cycle,
          ...cycle,
          context.activate(ours),
          context.report('again'),
          context.deactivate(ours),
          ...look(context, 'after'),
        ]);
        const { VIRTUAL_ENV, PATH, PKG_CONFIG_PATH } = run.report('again');
        expect({ VIRTUAL_ENV, PATH }).toEqual({
          VIRTUAL_ENV: ours.destination,
          PATH: context.list(ours.scripts, context.userPath),
        });
        if (has(shell, 'pkgConfigPath')) expect(PKG_CONFIG_PATH).toBe(join(ours.destination, 'lib', 'pkgconfig'));
        expect(seen(context, run.report('after'))).toEqual(seen(context, run.report('before')));
      },
    });
  }

  // Conda's own command answers with lines that set each variable to a value which it has made of the one before.
  check(target, 'is left in either order with an environment of conda’s', {
    needs: ['deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const own = environment.scripts;
      const conda = context.join(context.helpers, 'conda', 'bin');
      const user = context.userPath;
      const prompt = shell.promptVariable;
      const set = (path: string, text: string): readonly string[] => [
        shell.export('PATH', path),
        ...(prompt === undefined || !has(shell, 'wrappedPrompt') ? [] : [shell.export(prompt, text)]),
      ];
      const start = set(user, 'mine> ');
      const run = await context.run([
        ...start,
        ...look(context, 'before'),
        context.activate(environment),
        ...set(context.list(conda, own, user), '(conda) (env) mine> '),
        context.deactivate(environment),
        context.report('conda-left'),
        ...set(user, 'mine> '),
        ...look(context, 'first'),
        ...set(context.list(conda, user), '(conda) mine> '),
        context.activate(environment),
        ...set(context.list(own, user), '(env) mine> '),
        context.deactivate(environment),
        ...look(context, 'second'),
      ]);
      expect(run.report('conda-left').PATH).toBe(context.list(conda, user));
      const before = seen(context, run.report('before'));
      expect({ first: seen(context, run.report('first')), second: seen(context, run.report('second')) }).toEqual({
        first: before,
        second: before,
      });
    },
  });

  check(target, 'is found where a tool has moved it and rewritten the line that holds its path', {
    needs: ['rewritten'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const place = join(context.directory, 'else where');
      const [line, replacement] = shell.rewrite?.(place) ?? [/(?!)/, ''];
      await expectMoved(context, environment, place, (text) => {
        expect(text.match(new RegExp(line, 'gm'))).toHaveLength(1);
        return text.replace(new RegExp(line, 'm'), () => replacement);
      });
    },
  });

  check(target, 'is found where a tool has moved it and replaced its path in the whole text', {
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const place = join(context.directory, 'elsewhere');
      const { path = (host: string) => host } = shell;
      await expectMoved(context, environment, place, (text) => {
        expect(text).toContain(environment.destination);
        return text.replaceAll(environment.destination, () => path(place));
      });
    },
  });
}

/** Moves the environment and changes its script as a tool would, and expects it to be found there. */
async function expectMoved(
  context: CheckContext,
  environment: TestEnvironment,
  place: string,
  change: (text: string) => string,
): Promise<void> {
  const { shell } = context;
  const { path = (host: string) => host } = shell;
  await rename(environment.directory, place);
  const script = join(place, environment.layout.scripts, shell.script);
  await writeFile(script, change(await readFile(script, 'utf8')));
  const moved = { ...environment, script: path(script), scripts: path(join(place, environment.layout.scripts)) };
  const run = await context.run([
    context.report('before'),
    context.activate(moved),
    context.report('during'),
    ...(has(shell, 'deactivate') ? [context.deactivate(moved), context.report('after')] : []),
  ]);
  expect(run.report('during').VIRTUAL_ENV).toBe(path(place));
  expect(run.report('during').PATH).toBe(context.list(moved.scripts, context.userPath));
  if (has(shell, 'deactivate')) {
    expect(comparable(shell, run.report('after'))).toEqual(comparable(shell, run.report('before')));
  }
}

/** Creates an environment of the tool's, and gives its script for this shell. */
async function scriptOf(context: CheckContext, tool: OtherTool): Promise<string> {
  const place = join(context.directory, 'theirs');
  try {
    await tool.create(place);
  } catch (error) {
    if (tool.name === 'venv') throw error;
    return context.skip(`${tool.name} could not be installed: ${error instanceof Error ? error.message : error}`);
  }
  const script = join(place, 'bin', context.shell.script);
  return existsSync(script) ? script : context.skip(`${tool.name} writes no ${context.shell.script}`);
}

function look(context: CheckContext, label: string): readonly string[] {
  const { promptVariable } = context.shell;
  return [
    promptVariable === undefined ? '' : context.shell.copy(promptVariable, 'VIVARIUM_LINE'),
    context.report(label),
  ];
}

/** Without the variables of ours that the scripts of most other tools know nothing of. */
function withoutOwnVariables(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { PKG_CONFIG_PATH: _, TCL_LIBRARY: __, TK_LIBRARY: ___, ...others } = env;
  return others;
}

function seen({ shell }: CheckContext, env: Readonly<Record<string, string>>): object {
  return { ...comparable(shell, env), prompt: env.VIVARIUM_LINE };
}
