/** What a `#!` line has to start. */
export interface Shebang {
  /** Absolute path of the environment's interpreter. */
  readonly executable: string;
  /** Python's `sys.platform`. */
  readonly platform: string;
}

// Linux before 5.1 reads 128 bytes of the line with its end (BINPRM_BUF_SIZE), and cuts off in silence; XNU reads 512.
const LONGEST = 127;
const LONGEST_DARWIN = 512;

/**
 * The first lines of a Python script that the kernel starts. Where the path is too long for a `#!` line, or holds what
 * would end it, `sh` starts the interpreter: the lines after the second are a command to it and a string to Python.
 *
 * The encoding is declared (PEP 263) since Python 2 refuses other letters than ASCII without, comments included.
 */
export function shebang({ executable, platform }: Shebang): readonly string[] {
  const longest = platform === 'darwin' ? LONGEST_DARWIN : LONGEST;
  const encoding = '# -*- coding: utf-8 -*-';
  if (Buffer.byteLength(`#!${executable}\n`) <= longest && !/\s/.test(executable)) return [`#!${executable}`, encoding];
  return ['#!/bin/sh', encoding, `'''exec' ${quote(executable)} "$0" "$@"`, "' '''"];
}

/**
 * One word to `sh` (POSIX 2.2.2) that is also harmless in a Python string between `'''`: quotes never meet three in a
 * row, and a backslash is written so that it means one backslash to both.
 */
function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, (character) => (character === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
}
