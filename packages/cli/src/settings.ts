import {
  type CoreSettings,
  coreOptions,
  type Options,
  type PluginSource,
  type ResolvedSettings,
  resolveSettings,
  type SelectedPlugins,
  type SettingLayers,
  type SettingProblem,
  type Settings,
  selectPlugins,
  unknownKeys,
  VivariumError,
} from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';
import { pluginSource } from './plugin-source.ts';

/** The settings of a run and the plugins that they select. */
export interface Selection<Own extends Options> {
  readonly plugins: SelectedPlugins;
  readonly settings: CoreSettings & Settings<Own> & Settings<Options>;
  /** Invalid values that were ignored, where the request allows that. */
  readonly ignored: readonly SettingProblem[];
}

/** What settings are derived from, in the two steps that plugins with options of their own make necessary. */
export interface SelectionRequest<Own extends Options> {
  /** Options of the caller's, besides those of core and plugins. */
  readonly ownOptions: Own;
  /** What is known before the plugins are: core's options alone. */
  readonly early: SettingLayers;
  /** Everything, once it is known which options there are: the same object again where no plugin adds to it. */
  readonly all: (options: Options) => SettingLayers;
  /** Where plugins come from. @default the official and the installed ones */
  readonly source?: (settings: ResolvedSettings<typeof coreOptions>) => PluginSource;
  /** Invalid values in variables and files are ignored, as if they were not set. */
  readonly ignoresInvalidValues?: boolean;
}

/**
 * Selects the plugins and resolves all settings.
 *
 * @throws VivariumError `SETTING_INVALID` (exit code 2) with everything that is wrong, at once
 */
export async function selectAndResolve<const Own extends Options>(
  request: SelectionRequest<Own>,
): Promise<Selection<Own>> {
  const early = resolveSettings(coreOptions, request.early);
  const source = request.source?.(early) ?? pluginSource(request.early, early);
  const plugins = await selectPlugins(early, source, request.ownOptions);
  const options: Options = { ...coreOptions, ...request.ownOptions, ...plugins.options };
  const layers = request.all(options);
  const { values, problems } = resolveSettings(options, layers, layers === request.early ? early : undefined);
  const ignored = request.ignoresInvalidValues ? problems.filter(({ source }) => source.layer !== 'flag') : [];
  const grave = problems.filter((problem) => !ignored.includes(problem));
  const all = [...grave, ...unknownKeyProblems(layers, options)];
  if (all.length > 0) throw settingsError(all);
  return { plugins, settings: values as Selection<Own>['settings'], ignored };
}

function unknownKeyProblems({ files }: SettingLayers, options: Options): SettingProblem[] {
  return unknownKeys(files, options).map(([table, key]) => {
    const near = nearName(key, Object.keys(options));
    const name = `${table.path} (${table.prefix}${key})`;
    const message = `${name} is not a setting${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
    return { message, source: { layer: 'file', name } as const };
  });
}

/** One error for everything that is wrong with settings. */
export function settingsError(problems: readonly SettingProblem[], command = 'create'): VivariumError {
  const [first] = problems;
  return new VivariumError('SETTING_INVALID', problems.map((problem) => problem.message).join('\n'), {
    ...(first === undefined ? {} : { source: first.source.name }),
    hint: `\`vivarium ${command} --help\` lists all settings and their values.`,
  });
}
