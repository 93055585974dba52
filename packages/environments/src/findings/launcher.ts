/** The record that ends a zip archive, by its signature (PKWARE APPNOTE 6.3, 4.3.16). */
const END = Buffer.from('PK\x05\x06', 'latin1');
const [DIRECTORY_SIZE, DIRECTORY_OFFSET, END_LENGTH] = [12, 16, 22];
/** What a first line can be long. */
const MAX_LINE = 8192;

/**
 * The Python that a launcher on Windows starts: pip and distlib write a program, then a first line as in a script, then a
 * zip archive with the script.
 *
 * @returns `undefined` for every other program
 */
export function launcherInterpreter(bytes: Buffer): string | undefined {
  const end = bytes.lastIndexOf(END);
  if (end === -1 || end + END_LENGTH > bytes.length) return undefined;
  const start = end - bytes.readUInt32LE(end + DIRECTORY_SIZE) - bytes.readUInt32LE(end + DIRECTORY_OFFSET);
  if (start < 2) return undefined;
  const at = bytes.lastIndexOf('#!', start - 2);
  if (at === -1 || start - at > MAX_LINE) return undefined;
  const line = bytes.toString('utf8', at + 2, start).trim();
  if (/[\0\n]/.test(line)) return undefined;
  const quoted = /^"([^"]+)"/.exec(line)?.[1];
  return quoted ?? line.replace(/\s-\S*$/, '').trimEnd();
}
