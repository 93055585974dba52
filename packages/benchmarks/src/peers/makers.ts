import type { Lab } from '../lab/lab.ts';
import type { Command } from '../measure/stopwatch.ts';

/** A program that creates an environment, with the caches that it keeps. */
export interface Maker {
  readonly name: string;
  /** @param cache the directory of its cache; without it the one it takes by itself */
  create(destination: string, cache?: string): Command;
}

/** Who creates environments with pip, ours first. */
export function seedingMakers(lab: Lab): readonly Maker[] {
  return [ours(lab, []), ...theirs(lab)];
}

/** Who creates environments without packages, ours first. */
export function bareMakers(lab: Lab): readonly Maker[] {
  const { python, peers } = lab;
  return [
    ours(lab, ['--no-seed']),
    ...maker(peers.uv, 'uv venv', (uv, to, cache) =>
      lab.command([uv, 'venv', '-p', python, ...option('--cache-dir', cache), to]),
    ),
    ...maker(peers.virtualenv, 'virtualenv --no-seed', (virtualenv, to, cache) =>
      lab.command([virtualenv, '--no-seed', '-p', python, ...option('--app-data', cache), to]),
    ),
    ...maker(peers.venv, 'venv --without-pip', (venv, to) => lab.command([venv, '-m', 'venv', '--without-pip', to])),
  ];
}

function ours(lab: Lab, options: readonly string[]): Maker {
  return {
    name: ['vivarium create', ...options].join(' '),
    create: (to, cache) =>
      lab.command([
        ...lab.vivarium.command,
        'create',
        ...options,
        '-p',
        lab.python,
        ...option('--app-data', cache),
        to,
      ]),
  };
}

function theirs(lab: Lab): readonly Maker[] {
  const { python, peers } = lab;
  return [
    // It asks the index what is newest when what it has heard is older than ten minutes. Without a fresh cache it is
    // told not to: what is to be compared is work and not networks.
    ...maker(peers.uv, 'uv venv --seed', (uv, to, cache) =>
      lab.command([
        uv,
        'venv',
        '--seed',
        ...(cache === undefined ? ['--offline'] : ['--cache-dir', cache]),
        '-p',
        python,
        to,
      ]),
    ),
    ...maker(peers.virtualenv, 'virtualenv', (virtualenv, to, cache) =>
      lab.command([virtualenv, '-p', python, ...option('--app-data', cache), to]),
    ),
    // Several seconds for each.
    ...maker(lab.isSmall ? undefined : peers.venv, 'python -m venv', (venv, to) =>
      lab.command([venv, '-m', 'venv', to]),
    ),
  ];
}

function maker(
  program: string | undefined,
  name: string,
  create: (program: string, destination: string, cache?: string) => Command,
): readonly Maker[] {
  return program === undefined ? [] : [{ name, create: (to, cache) => create(program, to, cache) }];
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

/** Fills caches, so that what comes after is warm: twice, since the first time leaves work behind. */
export async function warmUp(lab: Lab, makers: readonly Maker[]): Promise<void> {
  for (const { name, create } of makers) {
    for (let time = 0; time < (lab.isSmall ? 1 : 2); time++) {
      const to = lab.newPath();
      const command = create(to);
      try {
        // uv has nothing to be offline with before it was online once.
        const argv = command.argv.filter((word) => word !== '--offline') as [string, ...string[]];
        await lab.stopwatch.time({ ...command, argv });
      } catch (error) {
        lab.missing.set(name, String(error).trim().split('\n').at(-1) ?? '');
      }
      lab.remove(to);
    }
  }
}
