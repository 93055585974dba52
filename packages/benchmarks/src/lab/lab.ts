import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, type Stopwatch, startStopwatch } from '../measure/stopwatch.ts';
import { installPeers, type Peers } from '../peers/install.ts';
import { type Installation, installPacked, pythonFor } from './install-packed.ts';

/** Where a run of the benchmark takes place, and who takes part in it. */
export interface Lab {
  /** A directory that no other user uses, cleared away at the end. */
  readonly directory: string;
  /** The interpreter that environments are made for. */
  readonly python: string;
  readonly vivarium: Installation;
  readonly peers: Peers;
  readonly stopwatch: Stopwatch;
  /** What all processes are started with: a home of their own, and little else. */
  readonly env: Readonly<Record<string, string>>;
  /** A check that everything runs, not a measurement. */
  readonly isSmall: boolean;
  /** Who or what could not be measured, and why. */
  readonly missing: Map<string, string>;
  /** A directory that does not exist yet. */
  newPath(): string;
  /** A command in the lab's directory with the lab's variables. */
  command(argv: Command['argv'], more?: Partial<Omit<Command, 'argv'>>): Command;
  /** Takes away what a round has made, outside of what is measured. It is deleted when the run is over. */
  remove(path: string): void;
  /** Has something undone when the run is over; the last first. */
  atEnd(undo: () => Promise<void>): void;
}

/** What {@link openLab} is told. */
export interface LabOptions {
  readonly isSmall: boolean;
  /** @default the newest CPython here */
  readonly python: string | undefined;
}

/** Installs who takes part and gives the lab to `use`; in the end nothing of it is left but the peers. */
export async function withLab<T>(options: LabOptions, use: (lab: Lab) => Promise<T>): Promise<T> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-bench-')));
  process.once('SIGINT', () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit(130);
  });
  let stopwatch: Stopwatch | undefined;
  const undoing: (() => Promise<void>)[] = [];
  try {
    for (const name of ['home', 'scratch', 'made', 'aside']) mkdirSync(join(directory, name));
    const env = variables(directory);
    const missing = new Map<string, string>();
    const vivarium = await installPacked(join(directory, 'installation'));
    const python = options.python ?? (await pythonFor(vivarium, env));
    const peers = await installPeers({ vivarium, python, env, missing, isSmall: options.isSmall });
    stopwatch = startStopwatch(python, join(directory, 'scratch'));
    let paths = 0;
    return await use({
      directory,
      python,
      vivarium,
      peers,
      stopwatch,
      env,
      isSmall: options.isSmall,
      missing,
      newPath: () => join(directory, 'made', `${paths++}`),
      command: (argv, more) => ({ argv, env, cwd: directory, ...more }),
      remove: (path) => putAside(path, join(directory, 'aside', `${paths++}`)),
      atEnd: (undo) => void undoing.unshift(undo),
    });
  } finally {
    stopwatch?.stop();
    for (const undo of undoing) await undo();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * ext4 gives the number of a deleted file to no new one for some minutes, and to find a free one it looks at all that
 * were deleted: after some rounds of making and deleting, a new directory would take ten times as long as it does
 * anywhere else.
 */
function putAside(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    // It is on a disk of its own, or is not there.
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * What the person at the keyboard has set may slow one contender and not the other (`NODE_EXTRA_CA_CERTS` costs Node 20
 * more than its whole start), so that little is passed on: where programs are, and how indexes are reached.
 */
function variables(directory: string): Record<string, string> {
  const passedOn = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && /^(PATH|PYENV_ROOT|TMPDIR|(PIP|UV|SSL)_\w+|\w+_proxy)$/i.test(name) ? [[name, value]] : [],
  );
  return {
    ...Object.fromEntries(passedOn),
    HOME: join(directory, 'home'),
    LANG: 'C.UTF-8',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  };
}
