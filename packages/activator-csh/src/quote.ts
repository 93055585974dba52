/**
 * One word of csh and tcsh that stands for exactly `text`. A backslash outside of quotes takes every meaning from the one
 * character after it; between single quotes `!` would still call the history, and a backslash means one thing or another
 * by tcsh's `backslash_quote`. So only what means nothing anywhere stands between quotes, and `histchars` may be what it
 * will. A line break is the exception: outside of quotes `\` would make it a blank (tcsh(1), "Lexical structure").
 *
 * It is always quoted, also where it needn't be, so that tools that rewrite the path find the same form everywhere.
 */
export function quote(text: string): string {
  return `'${text.replace(/\p{ASCII}/gu, (character) => {
    if (/[\w ./-]/.test(character)) return character;
    return character === '\n' ? '\\\n' : `'\\${character}'`;
  })}'`;
}
