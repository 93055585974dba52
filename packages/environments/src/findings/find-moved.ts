import { join } from 'node:path';
import type { Inspection } from '../inspect/inspection.ts';
import { isThere } from '../inspect/layout.ts';
import { readBounded } from '../read/read-bounded.ts';
import type { Found } from './finding.ts';
import { recordedFiles, withRecord } from './record.ts';
import { activationScripts, isEnvironment, isOwn, isSamePlace, readScripts, recordedPlace, rootOf } from './scripts.ts';

/** Scripts that name another place than the one where the environment is, and commands of another Python. */
export function findMoved(inspection: Inspection): readonly Found[] {
  const { directory } = inspection;
  const place = recordedPlace(inspection);
  const old = place !== undefined && !isSamePlace(place, directory) ? place : undefined;
  const scripts = readScripts(inspection);
  const foreign = scripts.filter((script) => !isOwn(script.interpreter, inspection));
  const moved = foreign.filter(({ interpreter }) =>
    old === undefined ? isMovedFrom(interpreter) : rootOf(interpreter) === old,
  );
  const from = old ?? (moved[0] === undefined ? undefined : rootOf(moved[0].interpreter));
  const others = foreign.filter((script) => from === undefined || rootOf(script.interpreter) !== from);
  const activation = from === undefined ? [] : naming(from, inspection);
  const paths = [
    ...activation,
    ...moved.filter((script) => rootOf(script.interpreter) === from).map(({ path }) => path),
  ];
  return [
    ...(from === undefined || paths.length === 0
      ? []
      : [
          {
            code: 'ENVIRONMENT_MOVED',
            message: `${directory} was at ${from}, and ${paths.length} of its scripts still say so`,
            paths,
          } as const,
        ]),
    ...otherScripts(others, inspection),
  ];

  // Where a script for activation names this place, commands that name another are only damaged.
  function isMovedFrom(interpreter: string): boolean {
    const from = rootOf(interpreter);
    return place === undefined && !isThere(from) && scripts.every((one) => rootOf(one.interpreter) === from);
  }
}

/** Scripts for activation with a place in them. */
function naming(place: string, inspection: Inspection): readonly string[] {
  return activationScripts(inspection).filter((path) => readBounded(join(inspection.directory, path))?.includes(place));
}

/**
 * A script that a package brought along may be meant for another Python that exists; one that an installer wrote, or
 * whose Python is gone or in another environment, is not.
 */
function otherScripts(scripts: ReturnType<typeof readScripts>, inspection: Inspection): readonly Found[] {
  if (scripts.length === 0) return [];
  const installed = new Set(
    withRecord(inspection).flatMap((one) => recordedFiles(inspection.directory, one).map(({ path }) => path)),
  );
  const wrong = scripts.filter(
    ({ path, interpreter }) => installed.has(path) || !isThere(interpreter) || isEnvironment(rootOf(interpreter)),
  );
  const [first] = wrong;
  if (first === undefined) return [];
  const more = wrong.length === 1 ? '' : ` and ${wrong.length - 1} more`;
  const message = `${first.path}${more} would be started by ${first.interpreter}`;
  return [{ code: 'SCRIPT_INTERPRETER_MISMATCH', message, paths: wrong.map(({ path }) => path) }];
}
