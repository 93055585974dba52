import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import csh from '@vivarium/activator-csh';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programs } from './run.ts';

// The quoted path, as it is in the script.
function quoted(name: string): string {
  const line = /^setenv VIRTUAL_ENV ('[\s\S]*?')\nif \(1\) set _vivarium_place = /m.exec(
    scriptOf(csh, linuxEnvironment(`/${name}`)),
  );
  return line?.[1] ?? '';
}

test.each(
  programs.flatMap((shell) => [
    [shell, ''],
    [shell, 'set backslash_quote'],
    [shell, "set histchars = '@,'"],
  ]),
)('%s reads every quoted path back %s', (shell, setting) => {
  const file = join(temporaryDirectory(), 'words.csh');
  fc.assert(
    fc.property(fc.array(hostileNames(true), { minLength: 1, maxLength: 60 }), (generated) => {
      const names = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...generated];
      const lines = names.map((name) => `/usr/bin/printf '%s\\0' ${quoted(name)}`);
      writeFileSync(file, [setting, ...lines, ''].join('\n'));
      const words = execFileSync(shell, ['-f', file], {
        encoding: 'utf8',
        env: { LANG: 'C.UTF-8', PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
      });
      expect(words.split('\0')).toEqual([...names.map((name) => `/${name}`), '']);
    }),
    { numRuns: 2 },
  );
});

test('leaves the names of placeholders in a path as they are', () => {
  expect(quoted('__VIVARIUM_PROMPT__')).toBe("'/__VIVARIUM_PROMPT__'");
});
