import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Whether the seed wheels could be fetched when the packages were built. Where PyPI can't be reached they are not
 * there: then pip and setuptools come from the interpreter's own `ensurepip`, and wheel from nowhere.
 */
export function hasSeedWheels(): boolean {
  const directory = join(inject('installation'), 'node_modules/@vivarium/seed-wheels/wheels');
  return existsSync(directory) && readdirSync(directory).some((name) => name.endsWith('.whl'));
}
