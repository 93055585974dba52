/**
 * One word of fish that stands for exactly `text`, line breaks included. Between single quotes fish reads a backslash
 * only before a single quote or another backslash (fish documentation, "Quotes"); both are between double quotes here. So
 * a quote, and never a backslash, comes after what is not ASCII: in GBK and Big5 the last byte of a character of UTF-8
 * and a backslash are one character. It is always quoted, also where it needn't be, so that tools that rewrite the path
 * find the same form everywhere.
 */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => (character === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
}
