import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';
import type { OpenList } from '../lists/open-list.ts';
import type { Command } from '../measure/stopwatch.ts';

/** Who creates an environment with the packages of a list. */
export interface Installer {
  readonly name: string;
  /** It takes part in every so many rounds, because it takes so long. */
  readonly every?: number;
  /**
   * One after the other.
   *
   * @param cache the directory of its cache; without it the one it takes by itself
   */
  create(destination: string, cache?: string): readonly Command[];
}

/** Ours first. None puts pip into the environment, but for venv, which can do nothing without it. */
export function installers(lab: Lab, list: OpenList): readonly Installer[] {
  const { python, peers, vivarium } = lab;
  const { uv, venv } = peers;
  return [
    {
      name: 'vivarium create --lock',
      create: (to, cache) => [
        lab.command([
          ...vivarium.command,
          ...['create', '--no-seed', '--lock', list.lock, '-p', python],
          ...(cache === undefined ? [] : ['--app-data', cache]),
          to,
        ]),
      ],
    },
    ...(uv === undefined
      ? []
      : [
          {
            name: 'uv venv, uv pip sync',
            create: (to: string, cache?: string) => {
              const choice = cache === undefined ? ['--offline'] : ['--cache-dir', cache];
              return [
                lab.command([uv, 'venv', ...choice, '-p', python, to]),
                lab.command([uv, 'pip', 'sync', ...choice, '--python', join(to, 'bin/python'), list.lock]),
              ];
            },
          },
        ]),
    ...(venv === undefined || lab.isSmall
      ? []
      : [
          {
            name: 'python -m venv, pip install',
            every: 10,
            create: (to: string, cache?: string) => [
              lab.command([venv, '-m', 'venv', to]),
              lab.command([
                ...([join(to, 'bin/python'), '-m', 'pip', 'install', '--index-url', list.index] as const),
                ...(cache === undefined ? [] : ['--cache-dir', cache]),
                ...['-r', list.requirements],
              ]),
            ],
          },
        ]),
  ];
}

/** Fills caches, so that what comes after is warm: twice, since the first time leaves work behind. */
export async function warmUpInstallers(lab: Lab, all: readonly Installer[]): Promise<void> {
  for (const { name, create } of all) {
    for (let time = 0; time < (lab.isSmall ? 1 : 2); time++) {
      const to = lab.newPath();
      try {
        for (const command of create(to)) {
          // uv has nothing to be offline with before it was online once.
          const argv = command.argv.filter((word) => word !== '--offline') as [string, ...string[]];
          await lab.stopwatch.time({ ...command, argv });
        }
      } catch (error) {
        lab.missing.set(name, String(error).trim().split('\n').at(-1) ?? '');
      }
      lab.remove(to);
    }
  }
}
