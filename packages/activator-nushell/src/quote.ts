/**
 * A raw string of Nushell that is exactly `text`, line breaks included: between `r#'` and `'#`, with one `#` more than
 * any run of them in the text (The Nushell Book, "Working with Strings", raw strings). Nothing is special inside.
 */
export function quote(text: string): string {
  const runs = text.match(/#+/g) ?? [];
  const fence = '#'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  return `r${fence}'${text}'${fence}`;
}
