/** One word of Elvish that stands for exactly `text`, line breaks included (Elvish reference, "Single-quoted string"). */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
