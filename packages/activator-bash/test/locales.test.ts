// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { foreignLocales, NAMES_IN_FOREIGN_LOCALES } from '@vivarium/test-utils/locales';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// How each shell draws its prompt without a terminal.
const DRAWINGS: readonly (readonly [shell: string, options: readonly string[], draw: string])[] = [
  ['bash', ['--norc'], 'printf "%s" "${PS1@P}"'],
  ['bash', ['--norc', '--posix'], 'printf "%s" "${PS1@P}"'],
  ['bash', ['--norc', '+O', 'promptvars'], 'printf "%s" "${PS1@P}"'],
  ['zsh', ['-f'], 'print -rn -- "${(%%)PS1}"'],
  ['zsh', ['-f', '-o', 'promptsubst'], 'print -rn -- "${(%%)PS1}"'],
];

const { names: locales, directory: LOCPATH, missing } = foreignLocales();
if (missing !== undefined) test.skip(`locales of other encodings (skipped because ${missing})`, () => {});

for (const [shell, options, draw] of missing === undefined ? DRAWINGS : []) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(
    `${[shell, ...options].join(' ')} draws every name as it is, and runs none, in GBK, Big5 and GB18030`,
    () => {
      const directory = temporaryDirectory();
      const outcomes = locales.flatMap((locale) =>
        NAMES_IN_FOREIGN_LOCALES.map((name, index) => {
          const place = join(directory, `${locale}-${index}`);
          writeEnvironment(bash, { ...linuxEnvironment(place), prompt: name });
          const script = `PS1='> '; . ${place}/bin/activate; ${draw}; deactivate; printf '|%s' "$PS1"`;
          const drawn = execFileSync(shell, [...options, '-c', script], {
            cwd: directory,
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { PATH: '/usr/bin:/bin', LC_ALL: locale, LOCPATH },
          });
          return { locale, name, drawn, isPwned: existsSync(join(directory, 'pwned')) };
        }),
      );
      // Without the option bash shows what it would expand.
      const shown = (name: string): string => (options.includes('promptvars') ? '${_VIV_PROMPT-}' : `(${name}) `);
      expect(outcomes).toEqual(
        outcomes.map(({ locale, name }) => ({ locale, name, drawn: `${shown(name)}> |> `, isPwned: false })),
      );
    },
  );
}
