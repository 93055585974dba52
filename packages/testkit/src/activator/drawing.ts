import { expect } from 'vitest';
import type { TestEnvironment } from '../environment.ts';
import type { InteractivePrompt } from '../shell.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import { type CheckContext, type CheckTarget, check } from './check.ts';

/** What a user sees. */
export function testDrawing(target: CheckTarget): void {
  const { shell } = target;
  const variants = Object.entries({ '': '', ...shell.prompt?.variants });

  for (const [variant, line] of variants) {
    const condition = variant === '' ? '' : ` with ${variant}`;
    check(target, `shows its name before the user's own prompt, and takes it away again${condition}`, {
      needs: ['prompt', 'deactivate'],
      body: async (context) => {
        const environment = await context.make({ directory: 'env' });
        const other = await context.make({ directory: 'other' });
        await atTerminal(context, line, async (user) => {
          await user.enter(environment, user.expected('env'));
          await user.enter(environment, user.expected('env'));
          await user.enter(other, user.expected('other'));
          await user.leave(user.expected());
        });
      },
    });
  }

  for (const line of shell.prompt?.switches ?? []) {
    check(target, `goes on showing its name after ${line}`, {
      needs: ['prompt', 'deactivate'],
      body: async (context) => {
        const environment = await context.make({ directory: "it's [a] name" });
        await atTerminal(context, '', async (user) => {
          await user.enter(environment, user.expected("it's [a] name"));
          await user.type(line, user.expected("it's [a] name"));
          await user.leave(user.expected());
        });
      },
    });
  }

  check(target, 'leaves the drawn prompt alone where VIRTUAL_ENV_DISABLE_PROMPT is set', {
    needs: ['prompt', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const quiet = { ...context, env: { ...context.env, VIRTUAL_ENV_DISABLE_PROMPT: '1' } };
      await atTerminal(quiet, '', async (user) => {
        await user.enter(environment, user.expected());
        await user.leave(user.expected());
      });
    },
  });
}

/** Someone who types, and reads what is drawn in front of the cursor. */
export interface TerminalUser {
  /** Enters the environment, and expects the whole prompt that is drawn then to be this one; none is any. */
  enter(environment: TestEnvironment, expected: string | undefined): Promise<void>;
  leave(expected: string | undefined): Promise<void>;
  /** Types a line, and expects the whole prompt that is drawn then to be this one. */
  type(line: string, expected: string): Promise<void>;
  /** The prompt as it should be drawn, with blanks as {@link TerminalUser.enter} sees them. */
  expected(name?: string): string;
}

/** Starts the shell at a terminal, sets its prompt, and lets someone work there. */
export async function atTerminal(
  context: CheckContext,
  variant: string,
  work: (user: TerminalUser) => Promise<void>,
): Promise<void> {
  const { prompt } = context.shell;
  if (prompt === undefined) throw new Error(`${context.shell.name} has no prompt described`);
  const terminal = openTerminal({
    program: context.found.program,
    arguments: [...context.shell.command.slice(1), ...prompt.arguments],
    env: { ...context.env, ...prompt.env },
    cwd: `${context.directory}/work`,
  });
  try {
    await settle(terminal, prompt, variant);
    if (context.shell.os === 'nt') await type(terminal, prompt, context.shell.export('PATH', context.userPath));
    await work(createTerminalUser(context, terminal, prompt));
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

// Types a line, waits for the shell's own prompt, and gives everything that was drawn after the line.
async function type(terminal: Terminal, { shows }: InteractivePrompt, line: string): Promise<string> {
  const own = shows.trimEnd();
  terminal.enter(line);
  const drawn = await terminal.wait(
    (text) => text.includes(line) && /^\s*\n/.test(after(text, line)) && after(text, line).endsWith(own),
  );
  return after(drawn, line);
}

// The line can be there twice: some shells echo it again if it came before they had begun to edit.
function after(drawn: string, line: string): string {
  return drawn.slice(drawn.lastIndexOf(line) + line.length);
}

// Types a line and expects a prompt after it. A shell that draws the one before once more is given its time.
async function expectPrompt(terminal: Terminal, prompt: InteractivePrompt, request: Expectation): Promise<void> {
  const { line, expected } = request;
  let drawn = await type(terminal, prompt, line);
  const look = (text: string): boolean => visible(after(text, line)) === expected;
  if (expected !== undefined && visible(drawn) !== expected && prompt.settles !== undefined) {
    await terminal.wait(look, prompt.settles).catch(() => undefined);
    drawn = after(terminal.drawn(), line);
  }
  if (expected !== undefined) expect(visible(drawn)).toBe(expected);
}

interface Expectation {
  readonly line: string;
  /** None is any. */
  readonly expected: string | undefined;
}

function createTerminalUser(context: CheckContext, terminal: Terminal, prompt: InteractivePrompt): TerminalUser {
  const draws = prompt.draws ?? ((name: string) => `(${name}) `);
  let files = 0;
  return {
    async enter(environment, expected) {
      files += 1;
      const file = await context.write(`enter-${files}`, [context.activate(environment)]);
      const line = context.shell.include?.(file) ?? context.shell.activate(file);
      await expectPrompt(terminal, prompt, { line, expected });
    },
    async leave(expected) {
      const line = prompt.deactivate ?? context.shell.deactivate?.('') ?? '';
      await expectPrompt(terminal, prompt, { line, expected });
    },
    type: (line, expected) => expectPrompt(terminal, prompt, { line, expected }),
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
