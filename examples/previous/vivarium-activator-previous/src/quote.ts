/** One word of the shell's language that stands for exactly `text`, line breaks included. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
