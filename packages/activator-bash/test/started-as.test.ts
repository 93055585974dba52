// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// A zsh that was started as another shell loads less by itself.
const STARTED_AS: Readonly<Record<string, readonly string[]>> = {
  'zsh started as sh': ['zsh', '--emulate', 'sh', '-f'],
  'zsh started as ksh': ['zsh', '--emulate', 'ksh', '-f'],
  'bash in POSIX mode': ['bash', '--norc', '--posix'],
};

for (const [title, [shell = '', ...flags]] of Object.entries(STARTED_AS)) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(`${title} enters and leaves it, with set -eu too`, () => {
    const directory = temporaryDirectory();
    writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
    const activate = `. ${directory}/env/bin/activate`;
    const show = 'printf "%s|" "${VIRTUAL_ENV-none}" "$PATH"';
    const script = ['set -eu', activate, show, 'deactivate', show, `f() { ${activate}; }; f`, '(deactivate)', show];
    const { stdout, stderr } = spawnSync(shell, [...flags, '-c', [...script, 'deactivate', show].join('\n')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    });
    const inside = `${directory}/env|${directory}/env/bin:/usr/bin:/bin|`;
    const outside = 'none|/usr/bin:/bin|';
    expect(stderr + stdout).toBe([inside, outside, inside, outside].join(''));
  });
}
