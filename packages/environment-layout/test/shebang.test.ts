import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { relocatableShebang, shebang } from '@vivarium/environment-layout';
import { anyPython } from '@vivarium/test-utils/pythons';
import { describe, expect, onTestFinished, test } from 'vitest';

const python3 = { platform: 'linux', version: { major: 3 } };
const python2 = { platform: 'linux', version: { major: 2 } };
const CODING = '# -*- coding: utf-8 -*-';
const END = "' '''";

/** A path whose `#!` line has so many bytes, its end included. */
const pathFor = (bytes: number): string => `/${'x'.repeat(bytes - '#!/\n'.length)}`;

describe('the first lines of a script', () => {
  test('are one line where the system can read it, with the options in it', () => {
    expect(shebang('/env/bin/python', python3)).toEqual(['#!/env/bin/python']);
    expect(shebang('/env/bin/python', python3, '  -u   -E ')).toEqual(['#!/env/bin/python -u -E']);
  });

  test.each([
    ['linux', 127],
    ['darwin', 512],
  ])('are one line on %s up to %i bytes, and not beyond', (platform, longest) => {
    const lines = (path: string) => shebang(path, { ...python3, platform });
    expect(lines(pathFor(longest))).toEqual([`#!${pathFor(longest)}`]);
    expect(lines(pathFor(longest + 1))).toEqual(['#!/bin/sh', `'''exec' '${pathFor(longest + 1)}' "$0" "$@"`, END]);
  });

  test('count bytes, and not characters', () => {
    const path = `/${'é'.repeat(62)}`;
    expect(shebang(path, python3)).toEqual(['#!/bin/sh', `'''exec' '${path}' "$0" "$@"`, END]);
  });

  test('let sh start a path with blanks, and give it the options', () => {
    const start = `'''exec' '/a b/python' '-u' '-E' "$0" "$@"`;
    expect(shebang('/a b/python', python3, '-u -E')).toEqual(['#!/bin/sh', start, END]);
  });

  test('say to Python 2 which encoding they have, in the first two lines', () => {
    expect(shebang('/env/python', python2)).toEqual(['#!/env/python', CODING]);
    expect(shebang('/é/python', python2)).toEqual(['#!/bin/sh', CODING, `'''exec' '/é/python' "$0" "$@"`, END]);
    expect(shebang('/é/python', python3)).toEqual(['#!/é/python']);
  });
});

test('a script that can be moved looks for the interpreter next to itself', () => {
  const start = (words: string): string => `'''exec' "$(dirname -- "$(realpath -- "$0")")"/${words} "$0" "$@"`;
  expect(relocatableShebang('python', python3)).toEqual(['#!/bin/sh', start("'python'"), END]);
  expect(relocatableShebang('python', python2)).toEqual(['#!/bin/sh', CODING, start("'python'"), END]);
  const [, options] = relocatableShebang('python', python3, ' -u  -E ');
  expect(options).toBe(start("'python' '-u' '-E'"));
});

describe.skipIf(process.platform === 'win32')('the kernel, sh and Python read the lines as they are meant', () => {
  test.each(["it's", 'back\\slash', "three'''quotes", '$(touch ran)', 'a b', '`touch ran`', '"', "'\\'"])(
    'with an interpreter in a directory called %s',
    (name) => {
      const root = mkdtempSync(join(tmpdir(), 'vivarium-shebang-'));
      onTestFinished(() => rmSync(root, { recursive: true, force: true }));
      const directory = join(root, name);
      mkdirSync(directory);
      symlinkSync(anyPython().executable, join(directory, 'python'));
      const script = join(directory, 'script');
      const show = 'import sys\nprint(sys.argv[1:], sys.flags.no_site)\n';
      for (const lines of [
        shebang(join(directory, 'python'), python3, '-S'),
        relocatableShebang('python', python3, '-S'),
      ]) {
        writeFileSync(script, [...lines, show].join('\n'));
        chmodSync(script, 0o755);
        expect(execFileSync(script, ['one', 'two three'], { cwd: root, encoding: 'utf8' })).toBe(
          "['one', 'two three'] 1\n",
        );
      }
    },
  );
});
