import { type Options, resolveSettings, type Settings, VivariumError } from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { readConfigFiles } from '../config/config-files.ts';

/** What a command without plugins runs with. */
export interface OwnSettings<O extends Options> {
  readonly settings: Settings<O>;
  readonly positionals: readonly string[];
}

/** Resolves the settings of a command that selects no plugins. Files count too: they name the cache, for example. */
export async function ownSettings<const O extends Options>(
  args: readonly string[],
  options: O,
): Promise<OwnSettings<O>> {
  const { env } = process;
  const workingFolder = process.cwd();
  const { flags, positionals } = parseArguments(args, { options, isLenient: false });
  const files = await readConfigFiles({ env, workingFolder });
  const { values, problems } = resolveSettings(options, { flags, env, files, workingFolder });
  if (problems.length === 0) return { settings: values, positionals };
  throw new VivariumError('SETTING_INVALID', problems.map(({ message }) => message).join('\n'));
}
