#!/usr/bin/env node
import { relative } from 'node:path';
import { isVivariumError } from '@vivarium/core/plugin';
import { parseArguments, USAGE } from './arguments.ts';
import { complete } from './ask.ts';
import { writePlugin } from './write-plugin.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const parsed = parseArguments(process.argv.slice(2));
    if (parsed.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const request = await complete(parsed, process.cwd());
    const files = writePlugin(request);
    process.stdout.write(report(request.destination, request.packageName, files.length));
    return 0;
  } catch (error) {
    if (!isVivariumError(error)) throw error;
    process.stderr.write(`error: ${error.message}\n${error.hint === undefined ? '' : `\nhint: ${error.hint}\n`}`);
    return error.code === 'INTERRUPTED' ? 130 : error.exitCode;
  }
}

/** What was created, and what to type next, in the words of the package manager that started this. */
function report(destination: string, packageName: string, files: number): string {
  const manager = process.env.npm_config_user_agent?.startsWith('pnpm/') ? 'pnpm' : 'npm';
  const directory = relative(process.cwd(), destination);
  return `${packageName}: ${files} files in ${destination}

  ${directory === '' ? '' : `cd ${directory}\n  `}${manager} install
  ${manager} test
`;
}
