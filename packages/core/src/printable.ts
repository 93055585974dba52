// C0 but for the line feed, C1, separators of lines and paragraphs, and what changes the direction of text (UAX 9).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text as it can be written to a terminal: what could move the cursor, colour text, or show it in another order is
 * written as an escape (`\u001b`). Line feeds stay. In a JSON document such characters occur in strings only, where the
 * escapes mean the same, so a document is exact before and after.
 */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
