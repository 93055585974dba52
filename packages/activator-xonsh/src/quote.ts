/**
 * A literal that is exactly `text` to Python 3 (The Python Language Reference, "String and Bytes literals"), in ASCII:
 * xonsh reads its files in whatever encoding `$XONSH_ENCODING` says.
 */
export function quote(text: string): string {
  const characters = Array.from(text, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (/[ -~]/.test(character)) return character;
    return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  });
  return `'${characters.join('')}'`;
}
