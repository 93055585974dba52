import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '@vivarium/core/internal';
import type { Inspection } from '../inspect/inspection.ts';
import { isThere } from '../inspect/layout.ts';
import type { Found } from './finding.ts';
import { promisedBy } from './promised.ts';

/** What is gone of what the creation of the environment has left in it. */
export function findMissingFiles(inspection: Inspection): readonly Found[] {
  return [...missingFiles(inspection), ...missingKeys(inspection)];
}

function missingFiles(inspection: Inspection): readonly Found[] {
  const { directory, layout, python } = inspection;
  const { executables, activation, chosenActivation, links } = promisedBy(inspection);
  const inScripts = (names: readonly string[]): readonly string[] =>
    names.map((name) => `${layout.scripts}/${name}`).filter((path) => !existsSync(join(directory, path)));
  const chosen = inScripts(chosenActivation);
  const paths = [
    // Without a Python that can be started, all names are written by the repair of that.
    ...(python.state === 'ok' ? inScripts(executables) : []),
    ...inScripts(activation),
    // Where several are gone, the user may have chosen the others.
    ...(chosen.length === 1 ? chosen : []),
    ...links.filter((path) => !isThere(join(directory, path))),
  ];
  const [first] = paths;
  if (first === undefined) return [];
  const more = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
  const message = `${first}${more} ${paths.length === 1 ? 'is' : 'are'} missing`;
  return [{ code: 'LAYOUT_FILE_MISSING', message, paths }];
}

function missingKeys(inspection: Inspection): readonly Found[] {
  const { directory, problems } = inspection;
  // Without the file, or without its base, the whole of it is repaired.
  if (problems.some(({ code }) => code.startsWith('CONFIGURATION_'))) return [];
  const missing = missingKeysOf(inspection);
  if (missing.length === 0) return [];
  return [
    {
      code: 'CONFIGURATION_KEY_MISSING',
      message: `${join(directory, 'pyvenv.cfg')} lacks ${missing.join(', ')}`,
      paths: ['pyvenv.cfg'],
    },
  ];
}

/** The keys that `pyvenv.cfg` lacks; where one of several would do, the first of them. */
export function missingKeysOf(inspection: Inspection): readonly string[] {
  const keys = readConfiguration(join(inspection.directory, 'pyvenv.cfg'));
  return promisedBy(inspection).keys.flatMap((anyOf) => {
    return anyOf.some((key) => keys[key] !== undefined) ? [] : anyOf.slice(0, 1);
  });
}
