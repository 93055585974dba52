import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fingerprint, inSlices } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';
import type { WheelCandidate } from '../find/candidate.ts';
import type { WheelFacts } from './wheel-facts.ts';

/**
 * What a wheel says of itself. A wheel of the lock file isn't even looked at; any other is opened once, and remembered
 * in the cache by path, size and time of its last change.
 *
 * @throws VivariumError `WHEEL_INVALID` when it is damaged or not what its file name says
 */
export async function learnFacts(
  candidate: WheelCandidate,
  { cache, pause }: Pick<Context, 'cache' | 'pause'>,
): Promise<WheelFacts> {
  const { locked, path } = candidate;
  if (locked !== undefined) return { sha256: locked.sha256, requiresPython: locked.python, requires: locked.requires };
  const { size, mtimeMs } = statSync(path);
  const entry = `wheel-facts/1/${basename(path)}-${fingerprint(`${path}\0${size}\0${mtimeMs}`)}.json`;
  const known = parseFacts(cache.readText(entry));
  if (known !== undefined) return known;
  const { openWheel } = await import('../read/open-wheel.ts');
  const facts = await inSlices(openWheel(candidate), pause);
  cache.writeText(entry, JSON.stringify(facts));
  return facts;
}

function parseFacts(text: string | undefined): WheelFacts | undefined {
  if (text === undefined) return undefined;
  try {
    const facts = JSON.parse(text) as Partial<WheelFacts> | null;
    const isWhole =
      typeof facts?.sha256 === 'string' && typeof facts.requiresPython === 'string' && Array.isArray(facts.requires);
    return isWhole ? (facts as WheelFacts) : undefined;
  } catch {
    return undefined;
  }
}
