import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { centralDirectory } from '../create/central.ts';

/**
 * What can be completed to an environment: those in the directory that is typed, redirects among them, and where nothing
 * is typed that looks like a path, the central ones.
 *
 * @param typed what is typed so far
 */
export function environmentsNear(typed: string): readonly string[] {
  const directory = typed.slice(0, typed.lastIndexOf('/') + 1);
  const near = entriesOf(resolve(directory))
    .filter((name) => isEnvironment(resolve(directory, name)))
    .map((name) => directory + name);
  const central = typed.includes('/') ? undefined : centralDirectory(process.env);
  const kept = central === undefined ? [] : entriesOf(central).map((name) => join(central, name));
  return [...near, ...kept.filter(isEnvironment)].filter((path) => path.startsWith(typed));
}

/** The commands of an environment: what may be executed in its scripts directory. */
export function commandsIn(path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  return ['bin', 'Scripts'].flatMap((scripts) => {
    const directory = resolve(path, scripts);
    return entriesOf(directory).filter((name) => isExecutable(join(directory, name)));
  });
}

function isEnvironment(path: string): boolean {
  return existsSync(join(path, 'pyvenv.cfg')) || existsSync(join(path, 'conda-meta'));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
