import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startOf } from '../src/relocate/first-line.ts';
import type { Prefixes } from '../src/relocate/prefixes.ts';
import { rewriteRecord } from '../src/relocate/record.ts';
import { rewriteFirstLine } from '../src/relocate/rewrite-first-line.ts';
import { pythonLiteral, rewriteDirectUrl, rewriteEditableFinder } from '../src/relocate/rewrite-metadata.ts';
import { rewriteWords } from '../src/relocate/rewrite-words.ts';

const part = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter(
    (text) =>
      /^[^/\p{Cc}\u2028\u2029\ufffd]+$/u.test(text) &&
      text.isWellFormed() &&
      text.trim() === text &&
      text !== '.' &&
      text !== '..',
  );
const place = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

function prefixes(from: string, to: string, major = 3): Prefixes {
  return { from: [from], to, os: 'posix', scripts: 'bin', python: { platform: 'linux', version: { major } } };
}

test('a script starts the Python of the new place, and is the same again after the way back', () => {
  fc.assert(
    fc.property(place, place, fc.constantFrom(2, 3), (from, to, major) => {
      fc.pre(!from.startsWith(to) && !to.startsWith(from));
      const script = `#!${from}/bin/python\nimport sys\n`;
      fc.pre(!/\s/.test(from) && Buffer.byteLength(from) < 100 && (major === 3 || /^[ -~]+$/.test(from)));
      const moved = rewriteFirstLine(script, prefixes(from, to, major)) as string;
      expect(startOf(moved)?.program).toBe(`${to}/bin/python`);
      const back = rewriteFirstLine(moved, prefixes(to, from, major)) as string;
      expect(back.replace('# -*- coding: utf-8 -*-\n', '')).toBe(script);
    }),
  );
});

test('a script of something else is not rewritten', () => {
  for (const text of [
    '#!/bin/sh\necho\n',
    '#!/usr/bin/env python\n',
    '#!/a/bx/bin/python\n',
    '',
    '#!',
    'MZ\0',
    '#!/a/b\n',
  ]) {
    expect(rewriteFirstLine(text, prefixes('/a/b', '/c'))).toBeUndefined();
  }
});

test('options between the Python and the script stay', () => {
  const moved = rewriteFirstLine('#!/a/b/bin/python -s -E\nx\n', prefixes('/a/b', '/c d'));
  expect(moved).toBe(`#!/bin/sh\n'''exec' '/c d/bin/python' '-s' '-E' "$0" "$@"\n' '''\nx\n`);
  expect(rewriteFirstLine(moved as string, prefixes('/c d', '/a/b'))).toBe('#!/a/b/bin/python -s -E\nx\n');
});

test('an activation script gets the new place as one word, and names of other directories stay', () => {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  fc.assert(
    fc.property(place, place, (from, to) => {
      fc.pre(!to.includes(from) && !from.includes(to));
      const script = `A=${quote(from)}\nB="${from.replaceAll(/["\\$`]/g, '')}"\nC=${quote(`${from}x`)}\n`;
      const [first, , third] = rewriteWords(script, prefixes(from, to), quote).split('\n');
      expect([first, third]).toEqual([`A=${quote(to)}`, `C=${quote(`${from}x`)}`]);
    }),
  );
  expect(rewriteWords('VIRTUAL_ENV=/a/b\nX=/a/bc\nY=/a/b/c\n', prefixes('/a/b', '/c d'), quote)).toBe(
    "VIRTUAL_ENV='/c d'\nX=/a/bc\nY=/a/b/c\n",
  );
});

test('literals of Python stay what they were, at the new place', () => {
  const pairs = fc.sample(fc.tuple(place, place), 60).filter(([from, to]) => !from.includes(to) && !to.includes(from));
  const modules = pairs.map(([from, to]) => rewriteEditableFinder(`${pythonLiteral(`${from}/x`)}`, prefixes(from, to)));
  const read = 'import ast, json, sys; print(json.dumps([ast.literal_eval(each) for each in json.load(sys.stdin)]))';
  const values = JSON.parse(
    execFileSync('python3', ['-c', read], { input: JSON.stringify(modules), encoding: 'utf8' }),
  );
  expect(values).toEqual(pairs.map(([, to]) => `${to}/x`));
});

test('an address leads to the new place', () => {
  const text = '{"url": "file:///a/b/src/x"}';
  expect(rewriteDirectUrl(text, prefixes('/a/b', '/c d'))).toBe('{"url": "file:///c%20d/src/x"}');
  expect(rewriteDirectUrl('{"url": "file:///a/bc"}', prefixes('/a/b', '/c'))).toBe('{"url": "file:///a/bc"}');
});

test('a RECORD has the new hashes, and every other row is kept to the letter', () => {
  const data = Buffer.from('new');
  const rewritten = new Map([['bin/tool', data]]);
  const text = '../../../bin/tool,sha256=old,3\r\nx.py,sha256=abc,1\n"a""b.py",,\n/a/b/share/x,,\nbroken\n';
  const hash = createHash('sha256').update(data).digest('base64url');
  expect(
    rewriteRecord(text, { base: 'lib/python3/site-packages', rewritten, prefixes: prefixes('/a/b', '/c,d') }),
  ).toBe(`../../../bin/tool,sha256=${hash},3\r\nx.py,sha256=abc,1\n"a""b.py",,\n"/c,d/share/x",,\nbroken\n`);
});
