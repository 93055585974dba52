/**
 * A literal that is exactly `text` to Python 2 and Python 3 alike (The Python Language Reference, "String and Bytes
 * literals"). Characters beyond ASCII stand as they are, because Python 2 knows no other way to write them in a string
 * of its own kind; the file says that it is UTF-8.
 */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const escaped = text.replace(/[\\'\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return character === '\\' || character === "'" ? `\\${character}` : `\\x${code}`;
  });
  return `'${escaped}'`;
}
