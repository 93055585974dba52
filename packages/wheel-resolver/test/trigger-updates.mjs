// Starts the search for newer seeds in a process of its own, as the command does: node trigger-updates.mjs JSON
import { pathToFileURL } from 'node:url';
import { openCache } from '@vivarium/core/host';
import { triggerUpdates } from '@vivarium/wheel-resolver';

// The background process imports this file and calls it.
export { runUpdateJob } from '../src/update/background.ts';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { names, interpreter, env, directory } = JSON.parse(process.argv[2] ?? '');
  const cache = openCache({ directory });
  const program = { executable: process.execPath, url: import.meta.url };
  const context = { env, cwd: '/', cache, signal: new AbortController().signal, program, warn() {}, debug() {} };
  await triggerUpdates({ names, interpreter, context });
}
