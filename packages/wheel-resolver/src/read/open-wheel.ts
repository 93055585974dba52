import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { compare } from '@renovatebot/pep440';
import type { Slices } from '@vivarium/core/internal';
import type { WheelFacts } from '../choose/wheel-facts.ts';
import type { WheelCandidate } from '../find/candidate.ts';
import { normalizeName } from '../normalize-name.ts';
import { readMetadata } from './metadata.ts';
import { refuseWheel, WheelError } from './wheel-error.ts';
import { readZip } from './zip/read-zip.ts';

/** Reads what a wheel says of itself, in slices, and refuses one whose metadata and file name differ. */
export function* openWheel({ path, name, version }: WheelCandidate): Slices<WheelFacts> {
  try {
    const bytes = readFileSync(path);
    const metadata = readMetadata(yield* readZip(bytes));
    yield;
    if (normalizeName(metadata.name) !== name || compare(metadata.version, version) !== 0) {
      throw new WheelError(`its metadata says ${metadata.name} ${metadata.version}`);
    }
    const { requiresPython, requires } = metadata;
    return { sha256: createHash('sha256').update(bytes).digest('hex'), requiresPython, requires };
  } catch (error) {
    throw refuseWheel(basename(path), error);
  }
}
