import {
  coreOptions,
  errors,
  longNames,
  type Option,
  type Options,
  PLUGIN_KINDS,
  type Plugin,
  type PluginKind,
  SETTING_OF,
  variableNames,
} from '@vivarium/core/host';
import { kebabCase } from '@vivarium/core/internal';
import { cliOptions } from '../../packages/cli/src/cli-options.ts';
import { usageOf } from '../../packages/cli/src/commands/help.ts';
import { commands } from '../../packages/cli/src/commands/table.ts';
import { CALL_OPTIONS, DECLARED, OWN_FORMS } from '../../packages/cli/src/library/check-options.ts';
import { officialPlugins } from '../../packages/cli/src/official/plugins.ts';
import { stepKinds } from '../../packages/core/src/plan/step-kinds.ts';

/** A part of a page that is written from TSDoc: the exports of a file, or those that are named. */
export interface FromSource {
  readonly file: string;
  readonly names?: readonly string[];
}

/** A page: its title, and its parts in order. */
export interface Page {
  readonly title: string;
  readonly parts: readonly (string | FromSource)[];
}

const NOTHING_SET = { flags: {}, env: {}, files: [], cwd: '/' };

/** The pages of `docs/reference` by name, as far as they are written from registries. */
export async function pages(): Promise<Readonly<Record<string, Page>>> {
  const plugins = await officialOnes();
  return {
    cli: { title: 'Commands', parts: await cliParts() },
    settings: { title: 'Settings', parts: settingsParts(plugins) },
    library: { title: 'Library', parts: libraryParts(plugins) },
    errors: { title: 'Errors', parts: errorParts() },
    plan: { title: 'Plans', parts: planParts() },
    plugins: { title: 'Official plugins', parts: pluginParts(plugins) },
  };
}

async function officialOnes(): Promise<readonly Plugin<PluginKind>[]> {
  const tables = await Promise.all(PLUGIN_KINDS.map((kind) => officialPlugins.table[kind]()));
  return tables.flatMap((table) => Object.values(table));
}

async function cliParts(): Promise<readonly string[]> {
  const listed = commands.filter(({ hidden }) => !hidden);
  const list = table(
    ['command', 'what it does'],
    listed.map(({ name, summary }) => [`[\`${name}\`](#${name})`, summary]),
  );
  const sections = await Promise.all(
    listed.map(async (entry) => {
      const { command } = await entry.load();
      const options = await command.options(NOTHING_SET, () => {});
      const rows = shown(options).map(([name, option]) => [flagsOf(name, option), helpOf(option)]);
      return [
        `## ${entry.name}`,
        `\`${usageOf(entry, options)}\``,
        fenced(command.description),
        rows.length === 0 ? '' : table(['option', 'meaning'], rows),
        fenced(command.closing ?? []),
      ];
    }),
  );
  return [
    '`vivarium COMMAND [options]`. `--version` prints the version and where it is installed, `--help` the list of commands or, after a command, its options. With `--json` every command prints one document, described by [`output.schema.json`](../../packages/cli/output.schema.json). Exit codes: 0 success, 1 it could not be done, 2 wrong usage, 130 interrupted.',
    list,
    ...sections.flat(),
  ];
}

function settingsParts(plugins: readonly Plugin<PluginKind>[]): readonly string[] {
  const rows = (options: Options): string[][] =>
    shown(options).map(([name, option]) => [
      flagsOf(name, option),
      code(variableNames(name, option)[0]?.name),
      code(kebabCase(name)),
      option.type,
      defaultOf(option),
      helpOf(option),
    ]);
  const head = ['flags', 'variable', 'key in files', 'type', 'default', 'meaning'];
  const own = plugins.filter(({ options }) => shown(options ?? {}).length > 0);
  return [
    'A flag beats a variable, a variable beats a file, a file beats the default; lists obey this too. Files are, strongest first: `[tool.vivarium]` of the nearest `pyproject.toml` (only for what [a project may set](project-settings.md)), `vivarium.toml` of the user, and an existing `virtualenv.ini`. Each variable also exists with the prefix `VIRTUALENV_`.',
    '## Of every environment',
    table(head, rows(coreOptions)),
    ...own.flatMap(({ kind, name, options = {} }) => [`## Of the ${kind} \`${name}\``, table(head, rows(options))]),
    '## Of the command',
    table(head, rows(cliOptions)),
  ];
}

const LIBRARY_FUNCTIONS = [
  'createEnvironment',
  'ensureEnvironment',
  'planEnvironment',
  'inspectEnvironment',
  'diagnoseEnvironment',
  'repairEnvironment',
  'findPython',
  'listPythons',
];

function libraryParts(plugins: readonly Plugin<PluginKind>[]): readonly (string | FromSource)[] {
  const rows = (options: Options): string[][] =>
    Object.entries(options).map(([name, option]) => [code(name), callType(option), defaultOf(option), helpOf(option)]);
  const own = Object.entries(Object.assign({}, ...plugins.map(({ options }) => options)) as Options);
  const head = ['option', 'type', 'default', 'meaning'];
  return [
    'Options that are unknown or of the wrong type are rejected with the code `SETTING_INVALID` and the near name.',
    { file: 'packages/cli/src/index.ts', names: LIBRARY_FUNCTIONS },
    '## Environments',
    { file: 'packages/cli/src/library/handle.ts', names: ['EnvironmentHandle', 'RunOptions', 'RunResult'] },
    { file: 'packages/cli/src/library/create.ts', names: ['CreatedEnvironment'] },
    { file: 'packages/cli/src/library/ensure.ts', names: ['EnsureOutcome', 'EnsuredEnvironment'] },
    { file: 'packages/cli/src/library/inspect.ts', names: ['InspectionOptions', 'InspectedEnvironment'] },
    {
      file: 'packages/cli/src/library/diagnose.ts',
      names: ['DiagnosisOptions', 'RepairOptions', 'RepairedEnvironment'],
    },
    { file: 'packages/cli/src/library/pythons.ts', names: ['PythonSearchOptions', 'FoundPython'] },
    { file: 'packages/cli/src/library/apply.ts', names: ['ApplyOptions', 'applyPlan'] },
    {
      file: 'packages/cli/src/library/keep-environments.ts',
      names: [
        'removeEnvironment',
        'RemoveOptions',
        'removedEnvironments',
        'restoreEnvironment',
        'moveEnvironment',
        'cloneEnvironment',
        'RelocateOptions',
        'listEnvironments',
        'ListOptions',
      ],
    },

    '## Events',
    { file: 'packages/core/src/event.ts', names: ['RunEvent', 'WarningCode'] },
    `## Options of the call\n\n${Object.keys(CALL_OPTIONS).map(code).join(', ')}:`,
    { file: 'packages/cli/src/library/environment-options.ts', names: ['CallOptions'] },
    `## Options in a form of their own\n\n${Object.keys(OWN_FORMS).map(code).join(', ')}:`,
    { file: 'packages/cli/src/library/environment-options.ts', names: ['OwnForms'] },
    '## Settings',
    table(head, rows(DECLARED)),
    '## Settings of the official plugins, in `pluginSettings`',
    table(head, rows(Object.fromEntries(own))),
    { file: 'packages/core/src/error.ts', names: ['VivariumError'] },
  ];
}

function errorParts(): readonly string[] {
  const rows = Object.entries(errors).map(([name, { exitCode, title, remedy }]) => [
    `<a id="${name}"></a>\`${name}\``,
    String(exitCode),
    title,
    remedy,
  ]);
  return [
    'Codes are permanent. Errors of plugins by others have the name of the plugin before a colon: `elvish:SHELL_NOT_FOUND`.',
    table(['code', 'exit code', 'what is wrong', 'what helps'], rows),
  ];
}

function planParts(): readonly (string | FromSource)[] {
  const rows = Object.entries(stepKinds).map(([kind, { fields }]) => [
    code(kind),
    Object.entries(fields as Readonly<Record<string, { readonly isOptional?: boolean }>>)
      .map(([name, { isOptional }]) => code(isOptional ? `${name}?` : name))
      .join(', '),
  ]);
  return [
    'What `planEnvironment()` and `vivarium create --dry-run --json` give, and [`plan.schema.json`](../../packages/core/plan.schema.json) describes: everything that creating an environment will do. Paths of steps are relative to the environment and are written with `/`.',
    table(['step', 'fields'], rows),
    { file: 'packages/core/src/plan/plan.ts' },
    { file: 'packages/core/src/plan/step.ts' },
  ];
}

function pluginParts(plugins: readonly Plugin<PluginKind>[]): readonly string[] {
  return [
    'They come with `vivarium`; names of creators are tried in this order. `vivarium plugins` shows which of them support an interpreter. The beginning of several names stands for the one that supports the interpreter: `--creator pypy`. Others are [found by name](../finding-plugins.md); the contracts are in [the reference for plugin authors](../plugins/reference/shared.md).',
    ...PLUGIN_KINDS.flatMap((kind) => {
      const aliases = Object.entries(officialPlugins.aliases[kind] ?? {});
      const rows = plugins
        .filter((plugin) => plugin.kind === kind)
        .map(({ name, title, options = {} }) => [
          code(name),
          title,
          aliases
            .filter(([, own]) => own === name)
            .map(([alias]) => code(alias))
            .join(', '),
          shown(options)
            .map(([option]) => code(`--${kebabCase(option)}`))
            .join(', '),
        ]);
      return [
        `## ${kind}s (\`--${kebabCase(SETTING_OF[kind])}\`)`,
        table(['name', 'in the report', 'other names', 'options'], rows),
      ];
    }),
  ];
}

function shown(options: Options): readonly (readonly [string, Option])[] {
  return Object.entries(options).filter(([, { hidden }]) => !hidden);
}

function flagsOf(name: string, option: Option): string {
  const short = option.short === undefined ? [] : [`-${option.short}`];
  return [...short, ...longNames(name, option).map((long) => `--${long.name}`)].map(code).join(', ');
}

function helpOf({ help, ...option }: Option): string {
  return option.type === 'choice' ? `${help} (${option.choices.map(code).join(', ')})` : help;
}

function defaultOf(option: Option): string {
  return option.default === undefined || option.default === false ? '' : code(String(option.default));
}

function callType(option: Option): string {
  const types = {
    boolean: 'boolean',
    count: 'number',
    string: 'string',
    path: 'string | URL',
    list: 'string[]',
    specs: '(string | URL)[]',
    paths: '(string | URL)[]',
    choice: 'string',
  } as const satisfies Readonly<Record<Option['type'], string>>;
  return code(types[option.type]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}

function code(text: string | undefined): string {
  return text === undefined ? '' : `\`${text}\``;
}
