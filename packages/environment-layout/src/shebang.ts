import type { Interpreter } from '@vivarium/core/plugin';

// Linux before 5.1 reads 128 bytes of the line with its end (BINPRM_BUF_SIZE), and cuts off in silence; XNU reads 512.
const LONGEST = 127;
const LONGEST_DARWIN = 512;

/** What decides how a script begins. */
export interface ScriptPython {
  readonly platform: string;
  readonly version: Pick<Interpreter['version'], 'major'>;
}

/**
 * The first lines of a Python script that the kernel starts. Where the path is too long for a `#!` line, or holds what
 * would end it, `sh` starts the interpreter: the line with `exec` is a command to it and begins a string to Python.
 *
 * @param executable absolute path of the environment's interpreter
 * @param options what the interpreter is started with: `-u`
 */
export function shebang(executable: string, { platform, version }: ScriptPython, options = ''): readonly string[] {
  const words = options.split(/\s+/).filter(Boolean);
  const line = ['#!', [executable, ...words].join(' ')].join('');
  const longest = platform === 'darwin' ? LONGEST_DARWIN : LONGEST;
  const isPlain = Buffer.byteLength(`${line}\n`) <= longest && !/\s/.test(executable);
  const viaShell = ['#!/bin/sh', `'''exec' ${[executable, ...words].map(quote).join(' ')} "$0" "$@"`, "' '''"];
  if (version.major > 2) return isPlain ? [line] : viaShell;
  // Python 2 refuses other letters than ASCII, in comments too, unless an earlier line or this one names the encoding,
  // and it looks for that in the first two lines (PEP 263).
  const [first = '', ...rest] = isPlain && isAscii(line) ? [line] : viaShell;
  return [first, '# -*- coding: utf-8 -*-', ...rest];
}

/**
 * The first lines of a Python script that finds the interpreter next to itself, wherever the two are moved to, also if it
 * is called by a symbolic link from elsewhere.
 *
 * @param name file name of the interpreter
 * @param options what the interpreter is started with
 */
export function relocatableShebang(name: string, { version }: ScriptPython, options = ''): readonly string[] {
  const words = options.split(/\s+/).filter(Boolean).map(quote);
  const interpreter = `"$(dirname -- "$(realpath -- "$0")")"/${quote(name)}`;
  return [
    '#!/bin/sh',
    ...(version.major > 2 ? [] : ['# -*- coding: utf-8 -*-']),
    `'''exec' ${[interpreter, ...words].join(' ')} "$0" "$@"`,
    "' '''",
  ];
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/**
 * One word to `sh` (POSIX 2.2.2) that is also harmless in a Python string between `'''`: quotes never meet three in a
 * row, and a backslash is written so that it means one backslash to both.
 */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, (character) => (character === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
}
