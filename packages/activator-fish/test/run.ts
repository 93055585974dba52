import { spawnSync } from 'node:child_process';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';

/** What fish prints when it runs these lines with the words as its arguments. Whatever it says on stderr fails the test. */
export function run(lines: readonly string[], ...words: readonly string[]): readonly string[] {
  const home = temporaryDirectory();
  const { stdout, stderr } = spawnSync('fish', ['--command', lines.join('\n'), ...words], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' },
  });
  if (stderr !== '') throw new Error(stderr);
  return stdout.split('\n').slice(0, -1);
}

/** Whether fish is here. Where `CI` is `true` it has to be, and its tests fail if it isn't. */
export const hasFish: boolean = process.env.CI === 'true' || spawnSync('fish', ['-c', 'true']).error === undefined;
