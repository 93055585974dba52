import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CoreSettings } from '@vivarium/core/host';
import { logicalLines } from '@vivarium/pylock';

/**
 * SHA-256 of requirements, in hexadecimal: of those that are typed, and of all files that name some, with the files that
 * they name. What an index answers is not part of it.
 */
export function requirementsDigest({
  requirements = [],
  with: specs = [],
  resolver,
  allowBuild,
}: Pick<CoreSettings, 'requirements' | 'with' | 'resolver' | 'allowBuild'>): string {
  const files = new Map<string, string | undefined>();
  for (const file of requirements) addFile(file, files);
  return createHash('sha256')
    .update(JSON.stringify([resolver, allowBuild, specs, [...files]]))
    .digest('hex');
}

// The resolver tells what is wrong with one that can't be read.
function addFile(file: string, files: Map<string, string | undefined>): void {
  if (files.has(file)) return;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  files.set(file, text);
  for (const { text: line } of logicalLines(text ?? '')) {
    const other = namedFile(line);
    if (other !== undefined) addFile(resolve(dirname(file), other), files);
  }
}

/** The file that a line of a requirements file names, as it is written there: `-r other.txt`, `-c constraints.txt`. */
export function namedFile(line: string): string | undefined {
  return /^(?:-[rc]\s*|--(?:requirement|constraint)(?:\s+|=))(\S.*)$/.exec(line)?.[1];
}
