import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fish from '@vivarium/activator-fish';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { foreignLocales, NAMES_IN_FOREIGN_LOCALES } from '@vivarium/test-utils/locales';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { hasFish } from './run.ts';

const { names: locales, directory: LOCPATH, missing } = foreignLocales();
if (missing !== undefined) test.skip(`locales of other encodings (skipped because ${missing})`, () => {});

test.each(hasFish ? locales : [])('reads every name as it is, and runs none, in %s', (locale) => {
  const directory = temporaryDirectory();
  const outcomes = NAMES_IN_FOREIGN_LOCALES.map((name, index) => {
    const place = join(directory, `${index}`);
    writeEnvironment(fish, { ...linuxEnvironment(place), prompt: name });
    const script = `source ${place}/bin/activate.fish; command printenv VIRTUAL_ENV_PROMPT; deactivate`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '--command', script], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: directory, LC_ALL: locale, LOCPATH },
    });
    return { name, seen: stdout + stderr, isPwned: existsSync(join(directory, 'pwned')) };
  });
  expect(outcomes).toEqual(outcomes.map(({ name }) => ({ name, seen: `${name}\n`, isPwned: false })));
});
