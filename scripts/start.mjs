// `npm start -- DEST [options]`: sets up what is missing and creates an environment with the command as it was built.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './set-up.mjs';

setUp();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'packages/cli/dist/bin.cjs'), 'create', ...process.argv.slice(2)],
  // npm runs scripts in the package's directory; a relative DEST is meant from where the person stands.
  { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' },
);
process.exit(status ?? 1);
