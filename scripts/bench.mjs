// `npm run bench`: sets up what is missing, builds, and measures the packed command besides its peers.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './set-up.mjs';

setUp();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'packages/benchmarks/dist/bench.js'), ...process.argv.slice(2)],
  // npm runs scripts in the package's directory; a relative file is meant from where the person stands.
  { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' },
);
process.exit(status ?? 1);
