import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from '../../vivarium.ts';
import { writeLocks } from './locks.ts';
import { installByHand, listing, type State, sitePackages, stateOf, type Whole } from './state.ts';

/** A way of creating an environment, to be disturbed. */
export interface Scenario {
  readonly name: string;
  /** Of `vivarium create`, but for the destination. */
  readonly options: readonly string[];
  /** With what an environment is created that exists before; without it nothing does. */
  readonly before?: readonly string[];
  /** Nothing is in the cache. */
  readonly isCold?: boolean;
  /** The destination is the working directory, which has to stay the same. */
  readonly isCwd?: boolean;
  /** Only what is file by file as before, or as after a run without a fault, is whole: anything else mixes the two. */
  readonly isExact?: boolean;
  /** What may exist after a disturbance. */
  readonly allowed: readonly State[];
  /** What exists after the next run that is not disturbed. */
  readonly result: State;
}

const NEW = { allowed: ['absent', 'new'], result: 'new' } as const;
// The packages that the user has put in are never gone.
const REFRESHED = { before: [], allowed: ['old'], result: 'old' } as const;
// No call swaps a directory and a link: between two renames pip is not there.
const SWAPPED = { before: [], allowed: ['old', 'old without pip'], result: 'old' } as const;
const BY_NAME = ['--link-mode', 'symlink'] as const;
const REPLACED = { before: [], allowed: ['absent', 'old', 'new'], result: 'new' } as const;
// What changes its packages is the old one or the new one, with the packages that the user has put in.
const CHANGED = { ...REPLACED, before: ['--lock', 'pylock.before.toml'], isExact: true } as const;
const LOCK = ['--lock', 'pylock.after.toml'] as const;
// A directory that has to stay is emptied and filled: the scripts leave first and come last.
const EXCHANGED = { ...REPLACED, allowed: [...REPLACED.allowed, 'no scripts'] } as const;

export const scenarios: readonly Scenario[] = [
  { name: 'new', options: [], ...NEW },
  { name: 'new, with an empty cache', options: [], isCold: true, ...NEW },
  { name: 'new, with copies', options: ['--copies'], ...NEW },
  { name: 'new, seeds copied', options: ['--link-mode', 'copy'], ...NEW },
  { name: 'new, seeds linked by name', options: BY_NAME, ...NEW },
  { name: 'new, by venv', options: ['--creator', 'venv'], ...NEW },
  { name: 'new, seeds by pip', options: ['--seeder', 'pip'], ...NEW },
  { name: 'new, verified', options: ['--verify'], ...NEW },
  { name: 'over one', options: [], ...REFRESHED },
  { name: 'over one, by venv', options: ['--creator', 'venv'], ...REFRESHED },
  { name: 'over one, seeds by pip', options: ['--seeder', 'pip'], ...REFRESHED },
  { name: 'over one, seeds linked by name', options: BY_NAME, ...REFRESHED, before: BY_NAME },
  { name: 'over one, seeds now linked by name', options: BY_NAME, ...SWAPPED },
  { name: 'over one, seeds no more linked by name', options: [], ...SWAPPED, before: BY_NAME },
  { name: 'new, with a lock', options: LOCK, ...NEW, isExact: true },
  { name: 'new, with a lock, empty cache', options: LOCK, isCold: true, ...NEW, isExact: true },
  { name: 'over one, with a lock', options: LOCK, ...CHANGED },
  { name: 'over one, with a lock, exact', options: [...LOCK, '--exact'], ...CHANGED },
  { name: '--clear', options: ['--clear'], ...REPLACED },
  { name: '--clear in the working directory', options: ['--clear'], isCwd: true, ...EXCHANGED },
];

/** A sandbox in which a scenario can be played again and again. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly destination: string;
  readonly cache: string;
  readonly cwd: string;
  /** The arguments of the command. */
  readonly args: readonly string[];
  /** Environments that are whole: the one before, and the one that a run without a fault makes. */
  readonly whole: Whole;
  /** Puts everything as it is before the run. */
  setUp(): Promise<void>;
}

/** Sets a stage up, with what the scenario finds there made once and kept aside. */
export async function setStage(scenario: Scenario): Promise<Stage> {
  const sandbox = newSandbox();
  const parent = join(sandbox.directory, 'project');
  const destination = join(parent, 'env');
  const cache = join(sandbox.directory, 'data/vivarium');
  const kept = join(sandbox.directory, 'kept');
  mkdirSync(parent);
  writeLocks(sandbox.directory);
  const made = await sandbox.vivarium('create', ...(scenario.before ?? []), destination);
  expect(made, made.stderr).toMatchObject({ exitCode: 0 });
  installByHand(sitePackages(destination));
  const states = new Map<string, State>([[await listingOfWorking(sandbox, destination), 'old']]);
  await sandbox.run('mv', destination, kept);
  const stage: Stage = {
    sandbox,
    destination,
    cache,
    cwd: scenario.isCwd ? destination : sandbox.directory,
    args: ['create', ...scenario.options, destination],
    whole: { states, isExact: scenario.isExact ?? false },
    async setUp() {
      await sandbox.run('rm', '-rf', parent, ...(scenario.isCold ? [cache] : []));
      mkdirSync(parent);
      // Nothing may be written into a file that exists, so links to the kept ones have to be as good as copies.
      if (scenario.before !== undefined) await sandbox.run('cp', '-al', kept, destination);
    },
  };
  // Twice: a run that has compiled packages leaves it to the next to keep the command's own code.
  for (let run = 1; run <= 2; run += 1) {
    await stage.setUp();
    expect(await sandbox.runIn(stage.cwd, vivariumCommand(), ...stage.args)).toMatchObject({ exitCode: 0 });
  }
  states.set(await listingOfWorking(sandbox, destination), scenario.result);
  return stage;
}

async function listingOfWorking(sandbox: Sandbox, destination: string): Promise<string> {
  await stateOf(sandbox, destination);
  return listing(destination);
}
