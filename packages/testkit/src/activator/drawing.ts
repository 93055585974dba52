import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import type { InteractivePrompt } from '../shell.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import { type Bench, check, type Scene } from './check.ts';

/** What a person sees. */
export function testDrawing(bench: Bench): void {
  const { shell } = bench;
  const variants = Object.entries({ '': '', ...shell.prompt?.variants });

  for (const [variant, line] of variants) {
    const condition = variant === '' ? '' : ` with ${variant}`;
    check(bench, `shows its name before the user's own prompt, and takes it away again${condition}`, {
      needs: ['prompt', 'deactivate'],
      body: async (scene) => {
        const environment = await scene.make({ folder: 'env' });
        const other = await scene.make({ folder: 'other' });
        await atTerminal(scene, line, async (person) => {
          expect(await person.enter(environment)).toBe(person.expected('env'));
          expect(await person.enter(environment)).toBe(person.expected('env'));
          expect(await person.enter(other)).toBe(person.expected('other'));
          expect(await person.leave()).toBe(person.expected());
        });
      },
    });
  }

  check(bench, 'leaves the drawn prompt alone where VIRTUAL_ENV_DISABLE_PROMPT is set', {
    needs: ['prompt', 'deactivate'],
    body: async (scene) => {
      const environment = await scene.make({ folder: 'env' });
      const quiet = { ...scene, env: { ...scene.env, VIRTUAL_ENV_DISABLE_PROMPT: '1' } };
      await atTerminal(quiet, '', async (person) => {
        expect(await person.enter(environment)).toBe(person.expected());
        expect(await person.leave()).toBe(person.expected());
      });
    },
  });
}

/** Someone who types, and reads what is drawn in front of the cursor. */
export interface Person {
  /** Enters the environment and gives the whole prompt that is drawn then. */
  enter(environment: TestEnvironment): Promise<string>;
  leave(): Promise<string>;
  /** The prompt as it should be drawn, with blanks as {@link Person.enter} gives them. */
  expected(name?: string): string;
}

/** Starts the shell at a terminal, sets its prompt, and lets someone work there. */
export async function atTerminal(
  scene: Scene,
  variant: string,
  work: (person: Person) => Promise<void>,
): Promise<void> {
  const { prompt } = scene.shell;
  if (prompt === undefined) throw new Error(`${scene.shell.name} has no prompt described`);
  const terminal = openTerminal({
    program: scene.found.program,
    arguments: [...scene.shell.command.slice(1), ...prompt.arguments],
    env: { ...scene.env, ...prompt.env },
    workingFolder: `${scene.folder}/work`,
  });
  try {
    await settle(terminal, prompt, variant);
    if (scene.shell.os === 'nt') await type(terminal, prompt, scene.shell.export('PATH', scene.userPath));
    await work(makePerson(scene, terminal, prompt));
  } finally {
    terminal.close();
  }
}

async function settle(terminal: Terminal, prompt: InteractivePrompt, variant: string): Promise<void> {
  if (prompt.set === undefined) {
    await terminal.wait((drawn) => drawn.endsWith(prompt.shows.trimEnd()));
  } else {
    await terminal.wait((drawn) => drawn.trim() !== '');
    await type(terminal, prompt, prompt.set);
  }
  if (variant !== '') await type(terminal, prompt, variant);
}

// Types a line, waits for the shell's own prompt, and gives everything that was drawn after the line. The line can be
// there twice: some shells echo it again if it came before they had begun to edit.
async function type(terminal: Terminal, { shows }: InteractivePrompt, line: string): Promise<string> {
  const own = shows.trimEnd();
  terminal.enter(line);
  const after = (drawn: string): string => drawn.slice(drawn.lastIndexOf(line) + line.length);
  const drawn = await terminal.wait(
    (text) => text.includes(line) && /^\s*\n/.test(after(text)) && after(text).endsWith(own),
  );
  return after(drawn).replace(/^[^\S\n]*\n/, '');
}

function makePerson(scene: Scene, terminal: Terminal, prompt: InteractivePrompt): Person {
  const draws = prompt.draws ?? ((name: string) => `(${name}) `);
  let files = 0;
  return {
    async enter(environment) {
      files += 1;
      const file = await scene.write(`enter-${files}`, [scene.activate(environment)]);
      const include = scene.shell.include?.(file) ?? scene.shell.activate(file);
      return visible(await type(terminal, prompt, include));
    },
    async leave() {
      const line = prompt.deactivate ?? scene.shell.deactivate?.('') ?? '';
      return visible(await type(terminal, prompt, line));
    },
    expected: (name) => visible(`${name === undefined ? '' : draws(name)}${prompt.shows}`),
  };
}

// A terminal keeps no tabs, and no blanks at the end of a line.
function visible(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
