import {
  configKeys,
  longNames,
  type Option,
  type Plugin,
  type PluginKind,
  type PluginOrigin,
  type Support,
  variableNames,
} from '@vivarium/core/host';
import { officialPlugins } from '../official/plugins.ts';
import { packageLocation, packageVersion } from '../version.ts';

/** What is told of one plugin, in JSON too: `null` stands for what there is not. */
export interface PluginRow {
  readonly kind: PluginKind;
  readonly name: string;
  readonly title: string;
  /** Other names that it can be asked for by. */
  readonly aliases: readonly string[];
  readonly package: string | null;
  readonly version: string | null;
  /** Where it was loaded from. */
  readonly file: string;
  readonly isOfficial: boolean;
  /** Whether `vivarium create` with the same settings would use it. */
  readonly selected: boolean;
  /** Of creators that take part: when it is asked, from 1. */
  readonly order: number | null;
  /** Whether it serves the interpreter; `null` for kinds that are not asked, and where it could not be asked. */
  readonly supports: boolean | null;
  /** Why not. */
  readonly reason: string | null;
  readonly options: readonly OptionRow[];
}

/** A setting of a plugin's own. */
interface OptionRow {
  readonly flags: readonly string[];
  readonly variable: string | null;
  readonly key: string | null;
  readonly type: Option['type'];
  readonly choices: readonly string[] | null;
  readonly default: unknown;
  readonly help: string;
}

/** What is known of a plugin besides what it says itself. */
export interface RowContext extends Pick<PluginRow, 'selected' | 'order'> {
  readonly support: Support | undefined;
  readonly origin: PluginOrigin | undefined;
}

/** Puts together what is told of a plugin. Official ones are of the command's own package. */
export function pluginRow(plugin: Plugin<PluginKind>, { selected, order, support, origin }: RowContext): PluginRow {
  const { kind, name, title } = plugin;
  const aliases = Object.entries(officialPlugins.aliases[kind] ?? {}).filter(([, own]) => own === name);
  const isOfficial = origin === undefined;
  return {
    kind,
    name,
    title,
    aliases: isOfficial ? aliases.map(([alias]) => alias) : [],
    package: isOfficial ? 'vivarium' : (origin.package ?? null),
    version: isOfficial ? packageVersion() : (origin.version ?? null),
    file: isOfficial ? packageLocation() : origin.file,
    isOfficial,
    selected,
    order,
    supports: support === undefined ? null : support === true,
    reason: support === undefined || support === true ? null : support.reason,
    options: Object.entries(plugin.options ?? {}).map(([option, declared]) => optionRow(option, declared)),
  };
}

function optionRow(name: string, option: Option): OptionRow {
  return {
    flags: longNames(name, option).map((long) => `--${long.name}`),
    variable: variableNames(name, option)[0]?.name ?? null,
    key: configKeys(name, option)[0]?.name ?? null,
    type: option.type,
    choices: option.type === 'choice' ? option.choices : null,
    default: option.default ?? null,
    help: option.help,
  };
}
