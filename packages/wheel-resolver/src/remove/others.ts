import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Slices } from '@vivarium/core/internal';
import type { Environment, RemoveStep } from '@vivarium/core/plugin';
import { normalizeName } from '../normalize-name.ts';
import { parseRecord } from '../read/record.ts';
import { type Distribution, removable } from './removable.ts';

/** A distribution that an environment has, by what the name of its directory says. */
export interface OtherDistribution {
  /** Normalized. */
  readonly name: string;
  readonly version: string;
}

/** What becomes of the distributions of an environment that are not installed again. */
export interface Others {
  readonly removed: readonly OtherDistribution[];
  readonly removals: readonly RemoveStep[];
  /** The names of those that stay, by the paths of their files, relative to the root of the environment. */
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * Divides the distributions of an environment that are not installed again into those that go and those that stay. A file
 * that one of both kinds have stays.
 *
 * @param installed normalized names
 * @param goes whether a distribution is to go
 */
export function* planOthers(
  environment: Environment,
  installed: ReadonlySet<string>,
  goes: (name: string) => boolean,
): Slices<Others> {
  const others = distributionsIn(environment).filter(({ name }) => !installed.has(name));
  const owners = new Map<string, string>();
  for (const other of others) if (!goes(other.name)) for (const path of filesOf(other)) owners.set(path, other.name);
  const removed = others.filter(({ name }) => goes(name));
  const paths = new Set<string>();
  for (const other of removed) for (const path of yield* removable(other)) paths.add(path);
  return {
    removed: removed.map(({ name, version }) => ({ name, version })),
    removals: [...paths].filter((path) => !owners.has(path)).map((path) => ({ kind: 'remove', path })),
    owners,
  };
}

function distributionsIn({ destination, layout }: Environment): readonly (Distribution & OtherDistribution)[] {
  return [...new Set([layout.purelib, layout.platlib])].flatMap((directory) =>
    list(join(destination, directory)).flatMap((distInfo) => {
      const [, name, version = ''] = /^([^-~][^-]*)-([^-]+)\.dist-info$/.exec(distInfo) ?? [];
      return name === undefined ? [] : [{ name: normalizeName(name), version, destination, directory, distInfo }];
    }),
  );
}

/** What its RECORD lists in the environment, and the byte code of that. */
function filesOf({ destination, directory, distInfo }: Distribution): readonly string[] {
  let text: string;
  try {
    text = readFileSync(join(destination, directory, distInfo, 'RECORD'), 'utf8');
  } catch {
    return [];
  }
  return parseRecord(text)
    .map(({ path }) => posix.normalize(posix.join(directory, path)))
    .filter((path) => !/^\.{1,2}(?:\/|$)|^\//.test(path));
}

// Nothing is there before an environment was created.
function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
