import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isVivariumError } from '@vivarium/core/plugin';
import { inspect } from '../inspect/inspect.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { candidatesAt, knownPlaces } from './known-places.ts';
import { lastUse } from './last-use.ts';
import { type WalkLimits, walk } from './walk.ts';

/** Where environments are looked for. */
export interface ListRequest extends WalkLimits {
  /** Directories to look below; without any the known places of programs that keep environments. */
  readonly directories?: readonly string[];
  /** Whether the known places are looked at as well. @default where no directory is given */
  readonly known?: boolean;
  /** Whether the size of each is measured, which takes long. @default false */
  readonly size?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** An environment that was found. */
export interface ListedEnvironment {
  readonly inspection: Inspection;
  /** When it was last used, in milliseconds since 1970, as far as that can be told. */
  readonly lastUse?: number;
}

/** An environment that was found and could not be looked at. */
export interface UnreadableEnvironment {
  readonly path: string;
  readonly reason: string;
}

/** What a search found, an environment at a time. */
export type Listed = ListedEnvironment | UnreadableEnvironment;

/**
 * Finds environments of every program: at the places where programs keep them, and below directories. Each is named once.
 * Nothing is started and nothing is written; links are not followed, and the search ends after `maxDirectories`.
 *
 * @yields an environment as soon as it is found
 * @returns whether there may be more, since a limit was reached
 */
export async function* listEnvironments(
  request: ListRequest,
): AsyncGenerator<Listed, { readonly isCutShort: boolean }> {
  const { directories = [], known = directories.length === 0, env, cwd } = request;
  const seen = new Set<string>();
  for (const path of known ? knownPlaces(env).flatMap(candidatesAt) : []) {
    const listed = listOne(path, { seen, request });
    if (listed !== undefined) yield listed;
  }
  let isCutShort = false;
  for (const directory of directories) {
    const search = walk(resolve(cwd, directory), request);
    for (let next = await search.next(); ; next = await search.next()) {
      if (next.done === true) {
        isCutShort ||= next.value.isCutShort;
        break;
      }
      const listed = listOne(next.value, { seen, request });
      if (listed !== undefined) yield listed;
    }
  }
  return { isCutShort };
}

function listOne(
  path: string,
  { seen, request }: { readonly seen: Set<string>; readonly request: ListRequest },
): Listed | undefined {
  try {
    const found = inspect(path, { packages: false, size: request.size ?? false });
    // A redirect to an environment is that environment; one that leads nowhere is a row of its own.
    const isElsewhere = found.redirect !== undefined && found.problems[0]?.code !== 'REDIRECT_DANGLING';
    const inspection = isElsewhere ? { ...found, path: found.directory } : found;
    const place = placeOf(inspection.directory);
    if (seen.has(place)) return undefined;
    seen.add(place);
    const used = lastUse(inspection.directory, inspection.layout);
    return { inspection, ...(used === undefined ? {} : { lastUse: used }) };
  } catch (error) {
    if (!isVivariumError(error)) throw error;
    // Not every directory at a known place, and not every file of this name, is an environment.
    if (error.code === 'ENVIRONMENT_NOT_FOUND' || basename(path) === '.venv') return undefined;
    return { path, reason: error.message };
  }
}

function placeOf(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}
