/**
 * One word of fish that stands for exactly `text`, line breaks included. Between single quotes fish reads a backslash
 * only before a single quote or another backslash (fish documentation, "Quotes"). It is always quoted, also where it
 * needn't be, so that tools that rewrite the path find the same form everywhere.
 */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
