/**
 * What draws exactly `text` in a prompt of tcsh, which reads `%`, `!` and the escapes `\c` and `^c` (tcsh(1), "prompt"), and
 * breaks the line only for such an escape.
 */
export function tcshPrompt(text: string): string {
  return text
    .replaceAll('%', '%%')
    .replace(/[\\^!]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** What draws exactly `text` in a prompt of csh, which reads nothing but `!`, and that not after a backslash (csh(1)). */
export function cshPrompt(text: string): string {
  return text.replaceAll('!', '\\!');
}
