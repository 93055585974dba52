import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import activator from '@vivarium/activator-xonsh';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xonsh } from './shell.ts';

const CODE = [
  "' + $(pwned) + '",
  "\\'",
  "'''",
  '"""',
  '\\N{DIGIT ONE}',
  '\\x27',
  '$[pwned]',
  '@("pwned")',
  '{pwned!r}',
];

test('xonsh reads every name as exactly what it is, whatever encoding it is told', () => {
  const file = join(temporaryDirectory(), 'names.xsh');
  const name = fc.oneof(hostileNames(true), fc.constantFrom(...CODE), fc.string({ unit: 'binary' }));
  const names = fc.array(name, { minLength: 100, maxLength: 100 });
  const read = (texts: readonly string[]): void => {
    const literals = texts.map((text) => literalOf(text)).join(', ');
    writeFileSync(file, `import sys\nsys.stdout.buffer.write("\\n".join(map(ascii, [${literals}])).encode())\n`);
    const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', XONSH_ENCODING: 'latin-1' };
    const { stdout, stderr } = spawnSync(xonsh.command[0], ['--no-rc', file], { encoding: 'utf8', env });
    expect({ stderr, texts: stdout.split('\n').map((line) => parse(line)) }).toEqual({ stderr: '', texts });
  };
  read([...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...CODE]);
  fc.assert(fc.property(names, read), { numRuns: 3 });
});

// The literal as it is in the script.
function literalOf(text: string): string {
  const script = scriptOf(activator, linuxEnvironment('/opt/env', { prompt: text }));
  const [before = '', after = ''] = scriptOf(activator, linuxEnvironment('/opt/env', { prompt: '@' })).split("'@'");
  return script.slice(before.length, script.length - after.length);
}

// What Python's `ascii()` says a text is.
function parse(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:x(..)|u(....)|U(.{8})|(.))/g, (_escape, x, u, long, character) => {
    const code = x ?? u ?? long;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return { n: '\n', r: '\r', t: '\t' }[character as string] ?? character;
  });
}
