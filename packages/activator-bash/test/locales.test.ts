// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { afterAll, expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// Where the last byte of a character in UTF-8 and a backslash, backtick or letter after it are one character.
const LOCALES = { 'zh_CN.GBK': 'GBK', 'zh_TW.BIG5': 'BIG5', 'zh_CN.GB18030': 'GB18030' };
// How each shell draws its prompt without a terminal.
const DRAWINGS = [
  ['bash', ['--norc'], 'printf "%s" "${PS1@P}"'],
  ['bash', ['--norc', '--posix'], 'printf "%s" "${PS1@P}"'],
  ['bash', ['--norc', '+O', 'promptvars'], 'printf "%s" "${PS1@P}"'],
  ['zsh', ['-f'], 'print -rn -- "${(%%)PS1}"'],
  ['zsh', ['-f', '-o', 'promptsubst'], 'print -rn -- "${(%%)PS1}"'],
] as const;
const NAMES = [
  ...['\u3042$(touch pwned)', '\u3042`touch pwned`', '\u30a2$(touch pwned)', "\u00e9'$(touch pwned)'", '\u3042$x'],
  ...['\u3000\\n', '\u3042\\u', '\u30a2\\u', '\u00e9%n\\', 'x\u3042!', '\u3042\u3044\\h\\w', '\u3042"x"', "\u3042'x"],
];

const locales = mkdtempSync(join(tmpdir(), 'vivarium-locales-'));
afterAll(() => rmSync(locales, { recursive: true, force: true }));
const areThere = Object.entries(LOCALES).every(([name, charmap]) => {
  const made = spawnSync('localedef', ['-i', name.slice(0, 5), '-f', charmap, join(locales, name)]);
  return made.error === undefined && existsSync(join(locales, name));
});
if (!areThere) test.skip('locales of other encodings (skipped because localedef has no sources for them)', () => {});

for (const [shell, options, draw] of areThere ? DRAWINGS : []) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(
    `${[shell, ...options].join(' ')} draws every name as it is, and runs none, in GBK, Big5 and GB18030`,
    () => {
      const directory = temporaryDirectory();
      const outcomes = Object.keys(LOCALES).flatMap((locale) =>
        NAMES.map((name, index) => {
          const place = join(directory, `${index}`);
          writeEnvironment(bash, { ...linuxEnvironment(place), prompt: name });
          const script = `PS1='> '; . ${place}/bin/activate; ${draw}; deactivate; printf '|%s' "$PS1"`;
          const drawn = execFileSync(shell, [...options, '-c', script], {
            cwd: directory,
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { PATH: '/usr/bin:/bin', LC_ALL: locale, LOCPATH: locales },
          });
          return { locale, name, drawn, isPwned: existsSync(join(directory, 'pwned')) };
        }),
      );
      // Without the option bash would run what is in the name as soon as the option is set.
      const shown = (name: string): string =>
        options.includes('promptvars' as never) ? name.replace(/[$`]/g, '?') : name;
      expect(outcomes).toEqual(
        outcomes.map(({ locale, name }) => ({ locale, name, drawn: `(${shown(name)}) > |> `, isPwned: false })),
      );
    },
  );
}
