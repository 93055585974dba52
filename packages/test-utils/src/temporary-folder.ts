import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is taken away after the test, by the path that has no links in it. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-activator-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
