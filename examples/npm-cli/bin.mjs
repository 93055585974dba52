#!/usr/bin/env node
// A command for npm users around a Python tool. Nothing happens when it is installed: the environment is created, and the
// tool installed into it, when it is first needed.
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureEnvironment, VivariumError } from 'vivarium';

const TOOL = 'greet';
const REQUIREMENT = process.env.GREET_REQUIREMENT ?? 'greeter==1.0';

try {
  const home = process.env.GREET_HOME ?? join(homedir(), '.cache', 'greet');
  const environment = await ensureEnvironment({ destination: join(home, 'python'), python: '>=3.9' });
  const command = await findTool(environment);
  const child = spawn(command, process.argv.slice(2), { stdio: 'inherit', env: environment.variables() });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
} catch (error) {
  const { message, hint = '' } = VivariumError.from(error);
  console.error(`${message}\n${hint}`);
  process.exitCode = 1;
}

async function findTool(environment) {
  try {
    return environment.tool(TOOL);
  } catch (error) {
    if (VivariumError.from(error).code !== 'TOOL_NOT_FOUND') throw error;
    await environment.run(['-m', 'pip', 'install', '--quiet', REQUIREMENT]);
    return environment.tool(TOOL);
  }
}
