// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// Bash calls such a function in the place of its own command, so that nothing that follows would be sure.
test.skipIf(!isThere('bash') && process.env.CI !== 'true').each([[], ['--posix']])(
  'bash %s with a read-only function named command is told why nothing was done',
  (...flags) => {
    const directory = temporaryDirectory();
    writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
    const script = [
      'command() { echo pwned; }; readonly -f command',
      `. ${directory}/env/bin/activate 2>&1`,
      'echo "$? ${VIRTUAL_ENV-none} $PATH"',
      'set | grep -i -e ^_viv -e ^POSIXLY',
    ];
    const { stdout } = spawnSync('bash', ['--norc', ...flags, '-c', script.join('\n')], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    });
    const posix = flags.length === 0 ? [] : ['POSIXLY_CORRECT=y'];
    expect(stdout.split('\n')).toEqual([
      'activate: bash calls your read-only function named command in the place of its own command. Start a shell without it.',
      '1 none /usr/bin:/bin',
      ...posix,
      '',
    ]);
  },
);
