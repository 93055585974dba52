import { VivariumError } from '../error.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { longNames } from '../settings/names.ts';
import type { Option, Options } from '../settings/option.ts';

/** How the group of options begins that a plugin puts into no other one; its kind and its name follow. */
export const OPTIONS_OF = 'Options of the ';

/**
 * The options of several plugins in one table.
 *
 * @param taken options whose names, other names and letters are not to be had
 * @throws VivariumError `PLUGIN_OPTION_DUPLICATE`: a name that is taken is the later plugin's mistake
 */
export function pluginOptions(plugins: readonly Plugin<PluginKind>[], taken: Options): Options {
  const options: Record<string, Option> = {};
  const flags = new Set(Object.entries(taken).flatMap(([name, option]) => flagsOf(name, option)));
  for (const plugin of plugins) {
    for (const [name, option] of Object.entries(plugin.options ?? {})) {
      for (const flag of flagsOf(name, option)) {
        if (flags.has(flag)) throw optionConflict(plugin, flag);
        flags.add(flag);
      }
      options[name] = { group: `${OPTIONS_OF}${plugin.kind} ${plugin.name}`, ...option };
    }
  }
  return options;
}

function flagsOf(name: string, option: Option): readonly string[] {
  const names = longNames(name, option).map((long) => `--${long.name}`);
  return option.short === undefined ? names : [...names, `-${option.short}`];
}

function optionConflict({ kind, name }: Plugin<PluginKind>, flag: string): VivariumError {
  return new VivariumError(
    'PLUGIN_OPTION_DUPLICATE',
    `The ${kind} \`${name}\` declares the option ${flag}, which is taken`,
    {
      hint: 'The author of the plugin has to give it another name.',
    },
  );
}
