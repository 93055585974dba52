import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';

/** What the shell prints when it reads these lines from a file. Whatever it says on stderr is added at the end. */
export function run(shell: string, lines: readonly string[], options: RunOptions = {}): readonly string[] {
  const file = join(temporaryDirectory(), 'lines.csh');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { stdout, stderr } = spawnSync(shell, [options.flags ?? '-f', file], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: temporaryDirectory(), LANG: 'C.UTF-8' },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return `${stdout}${stderr}`.split('\n').slice(0, -1);
}

interface RunOptions {
  /** @default '-f' */
  readonly flags?: string;
  readonly cwd?: string;
}

/** The shells that are here, by their programs. Where `CI` is `true` both have to be, and tests fail if they aren't. */
export const programs: readonly string[] = ['tcsh', 'bsd-csh'].filter(
  (program) => process.env.CI === 'true' || spawnSync(program, ['-f', '-c', 'exit']).error === undefined,
);
