import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

/** A program at a pseudo-terminal whose screen can be read. */
export interface Terminal {
  /** Types a line and presses Enter. */
  enter(line: string): void;
  /** Sends keys as they are. What was drawn before goes on counting, so that programs may draw over it. */
  press(keys: string): void;
  /** What was drawn since {@link Terminal.enter} was last called, line by line; without blanks at the ends of lines. */
  drawn(): string;
  /** Resolves as soon as `isDone` says so of what was drawn. Rejects with the screen after `milliseconds`. */
  wait(isDone: (drawn: string) => boolean, milliseconds?: number): Promise<string>;
  /** Ends the program. */
  close(): void;
}

/** What to start. */
export interface TerminalOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** @default 240 */
  readonly columns?: number;
}

/**
 * Starts a program at a terminal that keeps a real screen and answers the queries that shells send: some wait for the
 * answers before they show a prompt.
 */
export function openTerminal(options: TerminalOptions): Terminal {
  const size = { cols: options.columns ?? 240, rows: 50 };
  const screen = new headless.Terminal({ ...size, scrollback: 200_000, allowProposedApi: true });
  const child = pty.spawn(options.program, [...options.arguments], {
    ...size,
    name: 'xterm-256color',
    cwd: options.cwd,
    env: { TERM: 'xterm-256color', ...options.env },
  });
  let mark = 0;
  let isOver = false;
  let look = (): void => {};
  child.onData((data) => screen.write(data, () => look()));
  screen.onData((answer) => {
    if (!isOver) child.write(answer);
  });
  child.onExit(() => {
    isOver = true;
  });

  const line = (): number => screen.buffer.active.baseY + screen.buffer.active.cursorY;
  return {
    enter(text) {
      mark = line();
      child.write(`${text}\r`);
    },
    press: (keys) => child.write(keys),
    drawn,
    wait(isDone, milliseconds = 10_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          look = () => {};
          reject(
            new Error(
              `The screen did not become what was waited for${isOver ? '; the program ended' : ''}:\n${drawn()}`,
            ),
          );
        }, milliseconds);
        look = () => {
          const text = drawn();
          if (!isDone(text)) return;
          clearTimeout(timer);
          look = () => {};
          resolve(text);
        };
        look();
      });
    },
    close() {
      if (!isOver) child.kill('SIGKILL');
      screen.dispose();
    },
  };

  function drawn(): string {
    let text = '';
    for (let index = mark; index <= line(); index += 1) {
      const row = screen.buffer.active.getLine(index);
      if (index > mark && row?.isWrapped !== true) text = `${text.replace(/(?<! ) +$/, '')}\n`;
      text += row?.translateToString() ?? '';
    }
    return text.trimEnd();
  }
}
