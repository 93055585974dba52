import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that is taken away after the test, by the path that has no links in it. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-activator-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
