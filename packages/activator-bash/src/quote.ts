/**
 * One word of a POSIX shell that stands for exactly `text`, line breaks included (POSIX.1-2024, Shell Command Language,
 * 2.2.2 Single-Quotes and 2.2.3 Double-Quotes). It is always quoted, also where it needn't be, so that tools that rewrite
 * the path find the same form everywhere. A single quote is between double ones, as Python's `shlex.quote` writes it:
 * mvdan/sh keeps the backslash of `'\\''` in an assignment.
 */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
