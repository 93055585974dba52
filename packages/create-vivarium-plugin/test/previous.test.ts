import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { link, run, temporaryDirectory } from './create.ts';

const PREVIOUS = fileURLToPath(new URL('../../../examples/previous', import.meta.url));

// Their authors have released them, and change nothing because a new version of core or of the test suite appears.
test.each(readdirSync(PREVIOUS))(
  '%s, created by the version before, builds, type-checks and passes the suite of today',
  { timeout: 240_000 },
  (name) => {
    const directory = join(temporaryDirectory(), name);
    cpSync(join(PREVIOUS, name), directory, { recursive: true });
    link(directory);
    for (const [tool, ...args] of [['tsup'], ['tsc'], ['vitest', 'run']] as const) {
      const { status, output } = run(directory, tool, ...args);
      expect({ tool, status, output: status === 0 ? '' : output }).toEqual({ tool, status: 0, output: '' });
    }
  },
);
