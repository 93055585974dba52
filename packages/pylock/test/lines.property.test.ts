import { LockError, parsePylock } from '@vivarium/pylock';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { formatPath, type Path } from '../src/path.ts';
import { visitToml } from '../src/toml-lines.ts';

/** A document that is written line by line, with the line of each of its parts. */
interface Written {
  readonly text: string;
  readonly lines: ReadonlyMap<string, number>;
}

const KEYS = ['a', 'b-c', '1', 'with space', 'd.e', 'f"g', "h'i", 'ü', '', 'j\\k', '# l', '[m]', '__proto__'];
const key = fc.constantFrom(...KEYS);
const scalar = fc.constantFrom(
  '1',
  '-2.5e3',
  'true',
  'inf',
  '2025-01-01T00:00:00Z',
  '2025-01-01 00:00:00',
  '"text"',
  '"# no comment"',
  '"[\\"quoted\\"]"',
  "'C:\\'",
  '""',
  "''",
  '"\\u00e9\\\\"',
  '"""\nthree\nlines ""\\" = {"""',
  "'''\ntwo 'lines' \\'''",
  '"""x"""""',
);
const blank = fc.constantFrom('', '\n', ' ', '# [comment]\n', '\n\n  # "x\n', '\r\n', '\t');

type Value =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'array' | 'table'; readonly parts: Parts };
type Parts = readonly { readonly key: string; readonly gap: string; readonly value: Value }[];

const { value } = fc.letrec<{ value: Value }>((tie) => {
  const part = fc.record({ key, gap: blank, value: tie('value') });
  return {
    value: fc.oneof(
      { maxDepth: 3 },
      fc.record({ kind: fc.constant('scalar' as const), text: scalar }),
      fc.record({
        kind: fc.constantFrom('array' as const, 'table' as const),
        parts: fc.uniqueArray(part, { maxLength: 3, selector: ({ key }) => key }),
      }),
    ),
  };
});
const section = fc.record({
  gap: blank,
  key,
  isArray: fc.boolean(),
  entries: fc.uniqueArray(fc.record({ key, gap: blank, value }), { maxLength: 4, selector: (entry) => entry.key }),
});

function quoted(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : name.includes("'") || name === 'ü' ? JSON.stringify(name) : `'${name}'`;
}

function write(sections: readonly (typeof section extends fc.Arbitrary<infer T> ? T : never)[]): Written {
  let text = '';
  const lines = new Map<string, number>();
  const note = (path: Path): void => {
    const id = JSON.stringify(path);
    if (!lines.has(id)) lines.set(id, text.split('\n').length);
  };
  const put = (written: Value, path: Path): void => {
    if (written.kind === 'scalar') {
      text += written.text;
      return;
    }
    text += written.kind === 'array' ? '[' : '{ ';
    for (const [index, part] of written.parts.entries()) {
      if (index > 0) text += ', ';
      const below = [...path, written.kind === 'array' ? index : part.key];
      if (written.kind === 'array') text += part.gap;
      note(below);
      if (written.kind === 'table') text += `${quoted(part.key)} = `;
      put(part.value, below);
    }
    text += written.kind === 'array' ? '\n]' : ' }';
  };
  const used = new Map<string, number>();
  for (const { gap, key: name, isArray, entries } of sections) {
    const count = used.get(name);
    // A table can not be written twice, nor be an array as well.
    if (count === -1 || (count !== undefined && !isArray)) continue;
    text += `${gap}\n`;
    const path: Path = isArray ? [name, count ?? 0] : [name];
    used.set(name, isArray ? (count ?? 0) + 1 : -1);
    note([name]);
    note(path);
    text += isArray ? `[[ ${quoted(name)} ]]` : `[${quoted(name)}]`;
    for (const entry of entries) {
      text += `\n${entry.gap.trimEnd() === '' ? '' : `${entry.gap.trimEnd()}\n`}`;
      note([...path, entry.key]);
      text += `${quoted(entry.key)} = `;
      put(entry.value, [...path, entry.key]);
    }
    text += '\n';
  }
  return { text, lines };
}

test('every key, table and element of a document is found in its line', () => {
  let parts = 0;
  fc.assert(
    fc.property(fc.array(section, { maxLength: 5 }).map(write), ({ text, lines }) => {
      parse(text);
      const found = new Map<string, number>();
      visitToml(text, (path, line) => {
        const id = JSON.stringify(path);
        if (!found.has(id)) found.set(id, line);
      });
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(lines));
      parts += lines.size;
    }),
    { numRuns: 1000 },
  );
  expect(parts).toBeGreaterThan(5000);
});

test('dotted keys and tables below tables are found', () => {
  const text =
    'a.b."c.d" = 1\n[x.y]\nz = [\n 1,\n # 2\n 3]\n[[x.list]]\n[x.list.sub]\nk = 1\n[[x.list]]\n[[x.list.deep]]\nn = {m.o = 1}\n';
  const lines: Record<string, number> = {};
  visitToml(text, (path, line) => {
    lines[formatPath(path)] ??= line;
  });
  expect(lines).toEqual({
    a: 1,
    'a.b': 1,
    'a.b."c.d"': 1,
    x: 2,
    'x.y': 2,
    'x.y.z': 3,
    'x.y.z[0]': 4,
    'x.y.z[1]': 6,
    'x.list': 7,
    'x.list[0]': 7,
    'x.list[0].sub': 8,
    'x.list[0].sub.k': 9,
    'x.list[1]': 10,
    'x.list[1].deep': 11,
    'x.list[1].deep[0]': 11,
    'x.list[1].deep[0].n': 12,
    'x.list[1].deep[0].n.m': 12,
    'x.list[1].deep[0].n.m.o': 12,
  });
});

test('an error has the line of its place, however the document is written', () => {
  const bad = [
    '\ufeff# a lock\r\n',
    'lock-version = "1.0"\r\ncreated-by = """\r\n',
    'x"""\r\n',
    'packages = [\r\n  {name = "a",\r\n',
    '\r\n',
  ];
  const text = `${bad.join('')}   version = "?", wheels = []}]`;
  expect(() => parsePylock(text)).toThrow(LockError);
  try {
    parsePylock(text);
  } catch (error) {
    expect(error).toMatchObject({ path: 'packages[0].version', line: 8 });
  }
});
