import { coreOptions, resolveSettings } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { commands } from '../commands/table.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { currentDirectory } from '../start/cwd.ts';
import { print } from '../terminal/console.ts';
import { envelope, jsonError } from './envelope.ts';

/** Prints the document of a command that ended with an error, if one was asked for. */
export async function printFailure(error: unknown, args: readonly string[]): Promise<void> {
  if (!(await wantsJson(args))) return;
  const name = commands.find((one) => one.name === args[0])?.name;
  print(envelope(name ?? null, {}, [jsonError(error)]));
}

/**
 * Whether one JSON document is expected on standard output. The settings may be what is wrong, so that only as much of
 * them is read as can be.
 */
async function wantsJson(args: readonly string[]): Promise<boolean> {
  const { env } = process;
  const cwd = currentDirectory();
  const files = await readConfigFiles({ env, cwd }).catch(() => []);
  const { json } = cliOptions;
  return resolveSettings({ json }, { flags: flagsOf(args), env, files, cwd }).values.json;
}

function flagsOf(args: readonly string[]): ReturnType<typeof parseArguments>['flags'] {
  const options = { ...coreOptions, ...cliOptions };
  const parsed = safely(() => parseArguments(args, { options, isLenient: true }));
  if (parsed !== undefined) return parsed.flags;
  const end = args.indexOf('--');
  const isTyped = args.slice(0, end === -1 ? undefined : end).includes('--json');
  return isTyped ? { json: { flag: '--json', value: true } } : {};
}

function safely<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
