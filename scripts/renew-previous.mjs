// Writes `examples/previous` again: two plugins as the scaffold creates them now. It is run right after a release, so that
// until the next one the plugins are those that authors have, and a test holds the packages to them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

const directory = join(root, 'examples/previous');
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
for (const kind of ['activator', 'seeder']) {
  const scaffold = join(root, 'packages/create-vivarium-plugin/dist/bin.js');
  const author = ['--author', 'The vivarium contributors'];
  const options = ['--kind', kind, '--name', 'previous', ...author, '--yes'];
  const { status } = spawnSync(process.execPath, [scaffold, ...options], { cwd: directory, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
