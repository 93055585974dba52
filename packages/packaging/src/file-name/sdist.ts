import { isValidName, normalizeName } from '../name.ts';
import { ParseError } from '../parse-error.ts';
import type { Version } from '../version/version.ts';
import { partsOf, readVersion } from './wheel.ts';

/** What the name of a source distribution's file says. */
export interface SdistFileName {
  /** Normalized as PEP 503 has it. */
  readonly name: string;
  readonly version: Version;
}

/**
 * Takes the name of a source distribution's file apart (`name-version.tar.gz`, and the `.zip` of old ones). The version
 * is what follows the last `-`.
 *
 * @throws ParseError when it is none
 */
export function parseSdistFileName(file: string): SdistFileName {
  const ending = file.endsWith('.zip') ? '.zip' : '.tar.gz';
  const stem = partsOf(file, ending, 'the file name of a source distribution');
  const dash = stem.lastIndexOf('-');
  const name = stem.slice(0, Math.max(0, dash));
  if (!isValidName(name)) throw new ParseError(`${JSON.stringify(name)} is not a name of a project`, file, 0);
  return { name: normalizeName(name), version: readVersion(stem.slice(dash + 1), file, dash + 1) };
}
