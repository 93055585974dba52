import { basename } from 'node:path';
import type { SeedWheel } from '@vivarium/wheel-supply';

/**
 * What `vivarium.json` beside a seed's metadata says: which wheel it came from, by its SHA-256, and where that was found
 * when it was unpacked.
 */
export function receipt({ name, version, sha256, path, origin }: SeedWheel): string {
  return `${JSON.stringify({ name, version, wheel: basename(path), sha256, origin }, undefined, 2)}\n`;
}
