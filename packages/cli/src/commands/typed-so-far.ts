import { coreOptions, type SettingLayers } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { currentDirectory } from '../start/cwd.ts';

/** The settings of a command line that need not be complete or correct, for help and completion. */
export async function typedSoFar(args: readonly string[]): Promise<SettingLayers> {
  const { env } = process;
  const cwd = currentDirectory();
  const files = await readConfigFiles({ env, cwd }).catch(() => []);
  return { flags: flagsOf(args), env, files, cwd };
}

function flagsOf(args: readonly string[]): SettingLayers['flags'] {
  const options = { ...coreOptions, ...cliOptions };
  for (const words of [args, args.slice(0, -1)]) {
    try {
      return parseArguments(words, { options, isLenient: true }).flags;
    } catch {
      // The last option may lack its value still.
    }
  }
  return {};
}
