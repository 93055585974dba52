import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { interpreterOf, temporaryDirectory } from './lab.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

test('without the package of the seed wheels the error names that package and not the seeder', () => {
  const directory = temporaryDirectory();
  const installed = join(directory, 'node_modules/@vivarium/wheel-resolver');
  for (const part of ['dist', 'package.json']) cpSync(join(PACKAGE, part), join(installed, part), { recursive: true });
  symlinkSync(join(PACKAGE, 'node_modules/@vivarium/core'), join(directory, 'node_modules/@vivarium/core'));
  const script = `
    import { isVivariumError, openCache } from '@vivarium/core/host';
    import { resolveWheels } from '@vivarium/wheel-resolver';
    const context = { cache: openCache({ directory: undefined }), warn: console.error, debug: () => {} };
    const interpreter = ${JSON.stringify(interpreterOf('3.12.1'))};
    await resolveWheels({ requests: [], interpreter, extraDirectories: [], download: false, context }).catch((error) => {
      console.log(JSON.stringify({ isOurs: isVivariumError(error), code: error.code, text: error.message + error.hint }));
    });`;
  const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: directory });
  expect(JSON.parse(stdout.toString())).toMatchObject({
    isOurs: true,
    code: 'SEED_WHEELS_NOT_INSTALLED',
    text: expect.stringMatching(/^The package @vivarium\/seed-wheels is not installed/),
  });
});
