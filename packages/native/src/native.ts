import { realpathSync } from 'node:fs';
import { runUpdateJob, type UpdateJob } from '../../wheel-resolver/src/update/background.ts';

// Bun gives a path inside of the executable here. What asks for it wants to know where the command is installed, for
// the packages that are next to it.
process.argv[1] = realpathSync(process.execPath);

const args = process.argv.slice(2);

// Work in the background is started by Node with a script that imports the current module: `node --input-type=module -e
// SCRIPT MODULE JOB`. This executable is no Node, and has that module in it.
if (args[0] === '--input-type=module') {
  void runUpdateJob(JSON.parse(args[4] ?? '') as UpdateJob);
} else {
  const { main } = require('../../cli/src/main.ts') as typeof import('../../cli/src/main.ts');
  void main(args);
}
