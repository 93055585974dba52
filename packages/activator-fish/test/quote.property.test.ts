import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fish from '@vivarium/activator-fish';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasFish } from './run.ts';

// The quoted path, as it is in the script.
function quoted(name: string): string {
  const line = /^set -gx VIRTUAL_ENV ('[\s\S]*?')\nset -l place/m.exec(scriptOf(fish, linuxEnvironment(`/${name}`)));
  return line?.[1] ?? '';
}

test.skipIf(!hasFish)('fish reads every quoted path back', () => {
  const file = join(temporaryDirectory(), 'words.fish');
  fc.assert(
    fc.property(fc.array(hostileNames(true), { minLength: 1, maxLength: 60 }), (generated) => {
      const names = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...generated];
      writeFileSync(file, `/usr/bin/printf '%s\\0' ${names.map(quoted).join(' ')}\n`);
      const words = execFileSync('fish', ['--no-config', file], {
        encoding: 'utf8',
        env: { LANG: 'C.UTF-8', PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
      });
      expect(words.split('\0')).toEqual([...names.map((name) => `/${name}`), '']);
    }),
    { numRuns: 10 },
  );
});

test('leaves the names of placeholders in a path as they are', () => {
  expect(quoted('__VIVARIUM_PROMPT__')).toBe("'/__VIVARIUM_PROMPT__'");
});
