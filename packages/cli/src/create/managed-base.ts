import { basename } from 'node:path';
import type { DecidePackages } from '@vivarium/core/host';

/** By the form of its name alone: most Pythons are not, and nothing is loaded or looked at for them. */
export function mayBeManaged(prefix: string): boolean {
  return basename(prefix).startsWith('cpython-');
}

/** Adds to what is decided which build the Python is, so that the receipt of the environment names it and its license. */
export function namingBuild(decide: DecidePackages): DecidePackages {
  return async (request) => {
    const decision = await decide(request);
    const { implementation, basePrefix } = request.environment.interpreter;
    if (!mayBeManaged(basePrefix)) return decision;
    const { receiptAt } = await import('@vivarium/discoverer-standalone/managed');
    const receipt = receiptAt(basePrefix);
    if (receipt === undefined) return decision;
    const { version, build, platform, sha256, source: origin, license } = receipt;
    return { ...decision, python: { name: implementation, version, build, platform, sha256, origin, license } };
  };
}
