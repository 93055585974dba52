import { type Options, resolveSettings, type SettingLayers, type Settings } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { settingsError } from '../settings.ts';
import { currentDirectory } from '../start/cwd.ts';

/** What a command without plugins runs with. */
export interface OwnSettings<O extends Options> {
  readonly settings: Settings<O>;
  readonly positionals: readonly string[];
}

/**
 * Resolves the settings of a command that selects no plugins. Files count too: they name the cache, for example.
 *
 * @param command the name of the command
 * @throws VivariumError `ARGUMENT_INVALID` or `SETTING_INVALID` (exit code 2)
 */
export async function ownSettings<const O extends Options>(
  args: readonly string[],
  { command, options }: { readonly command: string; readonly options: O },
): Promise<OwnSettings<O>> {
  const { env } = process;
  const cwd = currentDirectory();
  const { flags, positionals } = parseArguments(args, { command, options, isLenient: false });
  const files = await readConfigFiles({ env, cwd });
  return { settings: resolveOwn(options, { flags, env, files, cwd }, command), positionals };
}

/** @throws VivariumError `SETTING_INVALID` (exit code 2) with everything that is wrong, at once */
export function resolveOwn<const O extends Options>(options: O, layers: SettingLayers, command: string): Settings<O> {
  const { values, problems } = resolveSettings(options, layers);
  if (problems.length > 0) throw settingsError(problems, command);
  return values;
}
