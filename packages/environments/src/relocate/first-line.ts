/** How a script is started. */
export interface Start {
  /** The interpreter. */
  readonly program: string;
  /** What stands between the interpreter and the script: `-s`. */
  readonly options: readonly string[];
  /** How many characters of the script say so. */
  readonly length: number;
}

/** The length of the longest text that {@link CODING} matches, and more. */
const MAX_CODING = 64;
const CODING = String.raw`(?:# -\*- coding: utf-8 -\*-\n)?`;
/** What is a command to the shell is a string to Python. */
const VIA_SHELL = new RegExp(`^#! ?/bin/sh\\n${CODING}'''exec' ([^\\n]+) "\\$0" "\\$@"\\n' '''\\n${CODING}`);
const AFTER_DIRECT = new RegExp(`^${CODING}`);

/** How a Python script is started, by its first lines. */
export function startOf(text: string): Start | undefined {
  const viaShell = VIA_SHELL.exec(text);
  if (viaShell !== null) {
    const [head, command = ''] = viaShell;
    const [program = '', ...options] = wordsOf(command);
    return { program, options, length: head.length };
  }
  const end = text.indexOf('\n');
  if (!text.startsWith('#!') || end === -1) return undefined;
  const { program, options } = withoutOptions(text.slice(2, end).trim());
  if (!program.startsWith('/')) return undefined;
  const rest = text.slice(end + 1, end + 1 + MAX_CODING);
  return { program, options, length: end + 1 + (AFTER_DIRECT.exec(rest)?.[0].length ?? 0) };
}

/** Blanks may be part of the program's path; words at the end that begin with `-` are options. */
function withoutOptions(line: string): Pick<Start, 'program' | 'options'> {
  const options: string[] = [];
  let program = line;
  for (let at = program.lastIndexOf(' '); at > 0 && /^-./.test(program.slice(at + 1)); at = program.lastIndexOf(' ')) {
    options.unshift(program.slice(at + 1));
    program = program.slice(0, at);
  }
  return { program, options };
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
