/**
 * One word of a POSIX shell that stands for exactly `text`, line breaks included (POSIX.1-2024, Shell Command Language,
 * 2.2.2 Single-Quotes). It is always quoted, also where it needn't be, so that tools that rewrite the path find the
 * same form everywhere.
 */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
