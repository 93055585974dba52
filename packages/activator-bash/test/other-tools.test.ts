// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { ORDERS, otherTools } from '@vivarium/test-utils/other-tools';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// Shells that can read the scripts of the three: yash and posh can't, and these tools don't write any for them.
const SHELLS = ['bash', 'zsh', 'dash', 'ksh93', 'mksh'];
const SHOW =
  'printf "%s|" "${VIRTUAL_ENV-none}" "${VIRTUAL_ENV_PROMPT-none}" "$PATH" "${PYTHONHOME-none}" "${PKG_CONFIG_PATH-none}" "${TCL_LIBRARY-none}" "${TK_LIBRARY-none}" "$PS1"';
const BEFORE = 'none|none|/usr/bin:/bin|/home|none|none|none|> |';

const { tools, missing } = otherTools();
if (missing !== undefined) test.skip(`virtualenv and uv in the same shell (skipped because ${missing})`, () => {});

for (const shell of SHELLS) {
  for (const { name, create, knowsPkgConfigPath } of tools) {
    test.skipIf(!isThere(shell) && process.env.CI !== 'true')(
      `${shell} is as it was after environments of ours and of ${name} in any order`,
      () => {
        const directory = temporaryDirectory();
        writeEnvironment(bash, linuxEnvironment(join(directory, 'ours')));
        create(join(directory, 'theirs'));
        const left = ORDERS.map((order) => {
          const lines = [
            "PS1='> '; PYTHONHOME=/home",
            ...order.map((one) => `. ${directory}/${one}/bin/activate`),
            'deactivate',
            SHOW,
          ];
          const { stdout, stderr } = spawnSync(shell, [...(shell === 'zsh' ? ['-f'] : []), '-c', lines.join('\n')], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
          });
          return { order, left: stdout + stderr };
        });
        // A script that knows nothing of PKG_CONFIG_PATH defines its own `deactivate`, and nothing of ours runs any more.
        const kept = BEFORE.replace('/home|none', `/home|${directory}/ours/lib/pkgconfig`);
        const expected = ORDERS.map((order) => {
          const isOnTop = order.at(-1) === 'theirs' && !knowsPkgConfigPath;
          return { order, left: isOnTop ? kept : BEFORE };
        });
        expect(left).toEqual(expected);
      },
    );
  }
}
