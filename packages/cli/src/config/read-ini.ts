import { VivariumError } from '@vivarium/core/host';

/**
 * Reads one section of an INI file in the dialect of Python's `configparser`, which `virtualenv.ini` is written in:
 * `=` or `:` between key and value, keys in any case, values continued on indented lines, whole-line comments with `#`
 * or `;`, and a `[DEFAULT]` section whose keys every other has. A percent sign is one like any other character: virtualenv
 * reads its file without interpolation.
 *
 * @throws VivariumError `CONFIG_INVALID` with the line
 */
export function readIniSection(text: string, section: string, path: string): Record<string, string> | undefined {
  const sections = parse(text, path);
  const own = sections.get(section);
  if (own === undefined) return undefined;
  return { ...sections.get('DEFAULT'), ...own };
}

function parse(text: string, path: string): Map<string, Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let current: Record<string, string> | undefined;
  let key: string | undefined;
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const trimmed = line.trim();
    if (trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed === '') {
      if (current !== undefined && key !== undefined) current[key] += '\n';
      continue;
    }
    if (/^\s/.test(line) && current !== undefined && key !== undefined) {
      current[key] += `\n${trimmed}`;
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(trimmed)?.[1];
    if (header !== undefined) {
      current = sections.get(header) ?? Object.create(null);
      sections.set(header, current as Record<string, string>);
      key = undefined;
      continue;
    }
    const at = trimmed.search(/[=:]/);
    if (at < 1 || current === undefined) throw syntaxError(path, index + 1, trimmed);
    key = trimmed.slice(0, at).trim().toLowerCase();
    current[key] = trimmed.slice(at + 1).trim();
  }
  return new Map([...sections].map(([name, keys]) => [name, trimValues(keys)]));
}

function trimValues(keys: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, value.trimEnd()]));
}

function syntaxError(path: string, line: number, text: string): VivariumError {
  return new VivariumError(
    'CONFIG_INVALID',
    `Line ${line} of ${path} is neither a section nor \`key = value\`: ${text}`,
    {
      hint: 'Correct the file, or name another with VIVARIUM_CONFIG_FILE.',
    },
  );
}
