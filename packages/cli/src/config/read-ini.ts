import { VivariumError } from '@vivarium/core/host';

/**
 * Reads one section of an INI file in the dialect of Python's `configparser`, which `virtualenv.ini` is written in:
 * `=` or `:` between key and value, keys in any case, values continued on indented lines, whole-line comments with `#`
 * or `;`, `%%` for a percent sign, `%(name)s` for another key, and a `[DEFAULT]` section whose keys every other has.
 *
 * @throws VivariumError `CONFIG_INVALID` with the line
 */
export function readIniSection(text: string, section: string, path: string): Record<string, string> | undefined {
  const sections = parse(text, path);
  const own = sections.get(section);
  if (own === undefined) return undefined;
  const raw = { ...sections.get('DEFAULT'), ...own };
  return Object.fromEntries(Object.keys(raw).map((key) => [key, interpolate(raw, key, { path, depth: 0 })]));
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

function interpolate(keys: Record<string, string>, key: string, at: { path: string; depth: number }): string {
  const value = keys[key] ?? '';
  if (at.depth > 10) throw new VivariumError('CONFIG_INVALID', `\`${key}\` in ${at.path} refers to itself`);
  return value.replace(/%(?:%|\(([^)]*)\)s)?/g, (match, name: string | undefined) => {
    if (match === '%%') return '%';
    if (name !== undefined && Object.hasOwn(keys, name.toLowerCase())) {
      return interpolate(keys, name.toLowerCase(), { ...at, depth: at.depth + 1 });
    }
    throw new VivariumError(
      'CONFIG_INVALID',
      `\`${key}\` in ${at.path} has a percent sign that stands for nothing: ${value}`,
      {
        hint: 'Write %% for a percent sign.',
      },
    );
  });
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
