/**
 * Whether a text can be a value in `pyvenv.cfg`. The file has no escapes, so that a line break in a value would be a
 * line of its own, which could say anything. CPython ends a line at `\n` and `\r`; other readers of the file take what
 * `str.splitlines` knows (https://docs.python.org/3/library/stdtypes.html#str.splitlines). NUL ends a path.
 */
export function isOneLine(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return !/[\u0000\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/.test(text);
}
