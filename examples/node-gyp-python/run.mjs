#!/usr/bin/env node
// Starts node-gyp (or any command) with a Python that it can use: node-gyp looks for few names in few places, and needs
// one that is not too new for its own copy of gyp. Arguments: the command and its arguments.
import { spawnSync } from 'node:child_process';
import { findPython, VivariumError } from 'vivarium';

try {
  const { executable, version } = await findPython(['>=3.8,<3.15', '>=3.8']);
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) {
    console.log(`${executable} (${version})`);
  } else {
    // node-gyp asks no further where this is set.
    const env = { ...process.env, NODE_GYP_FORCE_PYTHON: executable };
    process.exitCode = spawnSync(command, args, { stdio: 'inherit', env }).status ?? 1;
  }
} catch (error) {
  const { message, hint = '' } = VivariumError.from(error);
  console.error(`${message}\n${hint}`);
  process.exitCode = 1;
}
