/** A key of the registry with its own values. */
export interface RegistryKey {
  /** Below the root that was asked for, without a backslash in front: `PythonCore\3.12\InstallPath`. */
  readonly path: string;
  /** Texts by name. The name of the default value is empty. */
  readonly values: Readonly<Record<string, string>>;
}

const VALUE = /^ {4}(?<name>.*?) {4}(?<type>REG_[A-Z_]+)(?: {4}(?<value>[\s\S]*))?$/;
const TEXTS: readonly string[] = ['REG_SZ', 'REG_EXPAND_SZ'];

/**
 * Reads what `reg.exe query KEY /s` prints: keys at the margin, below each its values with four blanks between name,
 * type and value. What it calls the default value depends on the language of Windows, but it is always in parentheses.
 *
 * @param root the key that was asked for, without its hive: `Software\Python`
 */
export function parseQuery(output: string, root: string): readonly RegistryKey[] {
  const keys: { path: string; values: Record<string, string> }[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (/^HKEY_/.test(line)) {
      const at = line.toLowerCase().indexOf(`\\${root.toLowerCase()}`);
      keys.push({ path: at < 0 ? '' : line.slice(at + root.length + 2), values: {} });
      continue;
    }
    const { name = '', type = '', value = '' } = VALUE.exec(line)?.groups ?? {};
    const key = keys.at(-1);
    if (key !== undefined && TEXTS.includes(type)) key.values[/^[(\uff08].*[)\uff09]$/.test(name) ? '' : name] = value;
  }
  return keys;
}
