import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// The quoted path, as it is in the script.
function quoted(name: string): string {
  const [, from = ''] = scriptOf(bash, linuxEnvironment(`/${name}`)).split('\nVIRTUAL_ENV=');
  return from.split('\n case $VIRTUAL_ENV in [A-Za-z]')[0] ?? '';
}

const SHELLS = ['bash', 'zsh', 'dash', 'ksh93', 'mksh', 'yash', 'posh'];

test.each(SHELLS.filter((shell) => isThere(shell) || process.env.CI === 'true'))(
  '%s reads every quoted path back',
  (shell) => {
    const directory = temporaryDirectory();
    const file = join(directory, 'words');
    fc.assert(
      fc.property(fc.array(hostileNames(true), { minLength: 1, maxLength: 60 }), (generated) => {
        const names = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...generated];
        writeFileSync(file, `/usr/bin/printf '%s\\0' ${names.map(quoted).join(' ')}\n`);
        const words = execFileSync(shell, [file], {
          encoding: 'utf8',
          env: { LANG: 'C.UTF-8', PATH: '/usr/bin:/bin' },
        });
        expect(words.split('\0')).toEqual([...names.map((name) => `/${name}`), '']);
      }),
      { numRuns: 10 },
    );
  },
);

test('keeps the path as one plain literal at the beginning of a line', () => {
  const lines = scriptOf(bash, linuxEnvironment('/opt/venvs/blog')).split('\n');
  expect(lines.filter((line) => line.includes('/opt/venvs/blog'))).toEqual(["VIRTUAL_ENV='/opt/venvs/blog'"]);
});

test('leaves the names of placeholders in a path as they are', () => {
  expect(quoted('__VIVARIUM_PROMPT__')).toBe("'/__VIVARIUM_PROMPT__'");
});
