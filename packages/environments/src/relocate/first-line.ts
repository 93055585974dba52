/** How a script is started. */
export interface Start {
  /** The interpreter. */
  readonly program: string;
  /** What stands between the interpreter and the script: `-s`. */
  readonly options: readonly string[];
  /** How many characters of the script say so. */
  readonly length: number;
}

const CODING = String.raw`(?:# -\*- coding: utf-8 -\*-\n)?`;
/** What is a command to the shell is a string to Python. */
const VIA_SHELL = new RegExp(`^#! ?/bin/sh\\n${CODING}'''exec' ([^\\n]+) "\\$0" "\\$@"\\n' '''\\n${CODING}`);
const DIRECT = new RegExp(`^#![ \\t]*(/[^\\n]*?)((?: -\\S+)*)[ \\t]*\\r?\\n${CODING}`);

/** How a Python script is started, by its first lines. */
export function startOf(text: string): Start | undefined {
  const viaShell = VIA_SHELL.exec(text);
  if (viaShell !== null) {
    const [head, command = ''] = viaShell;
    const [program = '', ...options] = wordsOf(command);
    return { program, options, length: head.length };
  }
  const direct = DIRECT.exec(text);
  if (direct === null) return undefined;
  const [head, program = '', options = ''] = direct;
  return { program, options: options.split(' ').filter(Boolean), length: head.length };
}

/** The words of a command that is quoted for the shell (POSIX.1-2024, Shell Command Language, 2.2). */
function wordsOf(command: string): readonly string[] {
  const parts = command.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)/gs);
  const words = [''];
  for (const [, single, double, escaped, plain, blank] of parts) {
    if (blank === undefined)
      words[words.length - 1] += single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '';
    else words.push('');
  }
  return words;
}
