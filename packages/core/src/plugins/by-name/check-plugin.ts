import { VivariumError } from '../../error.ts';
import { PLUGIN_KINDS, type Plugin, type PluginKind, withArticle } from '../../plugin.ts';
import { isPluginName } from './declarations.ts';

/** The functions that a plugin of each kind must have. */
const FUNCTIONS: Readonly<Record<PluginKind, readonly string[]>> = {
  discoverer: ['candidates'],
  creator: ['supports', 'plan'],
  seeder: ['plan'],
  activator: ['supports', 'scripts'],
};

/** Fields that an option of each type must have besides `help`, and what they must be. */
const OPTION_FIELDS: Readonly<Record<string, (option: Readonly<Record<string, unknown>>) => boolean>> = {
  boolean: (option) => typeof option.default === 'boolean',
  count: (option) => Number.isInteger(option.default),
  string: (option) => isOptional(option.default, 'string'),
  path: (option) => isOptional(option.default, 'string'),
  choice: ({ choices, default: chosen }) => isTexts(choices) && (choices as unknown[]).includes(chosen),
  list: (option) => option.default === undefined || isTexts(option.default),
  paths: (option) => option.default === undefined || isTexts(option.default),
};

/**
 * Checks that a value is a plugin and freezes it.
 *
 * @throws VivariumError `PLUGIN_INVALID`, saying what is missing
 */
export function checkPlugin(value: unknown, label: string): Plugin<PluginKind> {
  const wrong = whatIsWrong(value);
  if (wrong === undefined) return Object.freeze(value as Plugin<PluginKind>);
  throw new VivariumError('PLUGIN_INVALID', `${label} is not a plugin: ${wrong}`, {
    hint: 'This is a mistake in the plugin: it exports what its contract in @vivarium/core describes.',
  });
}

/** Whether a value says of itself that it is a plugin. */
export function claimsToBePlugin(value: unknown): value is { readonly kind: PluginKind; readonly name: unknown } {
  return (
    typeof value === 'object' && value !== null && PLUGIN_KINDS.some((kind) => 'kind' in value && value.kind === kind)
  );
}

function whatIsWrong(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null)
    return `what it exports is ${value === null ? 'null' : typeof value}`;
  if (!claimsToBePlugin(value)) return `its \`kind\` is none of ${PLUGIN_KINDS.join(', ')}`;
  const plugin = value as Readonly<Record<string, unknown>>;
  if (typeof plugin.name !== 'string' || !isPluginName(plugin.name)) return 'its `name` is not a name in lower case';
  if (typeof plugin.title !== 'string' || plugin.title === '') return 'it has no `title`';
  const missing = FUNCTIONS[value.kind].filter((name) => typeof plugin[name] !== 'function');
  if (missing.length > 0) return `as ${withArticle(value.kind)} it needs the function \`${missing.join('` and `')}\``;
  return whatIsWrongWithOptions(plugin.options) ?? whatIsWrongWithCommand(plugin.activationCommand);
}

function whatIsWrongWithCommand(activationCommand: unknown): string | undefined {
  if (activationCommand === undefined) return undefined;
  const { shells, script, line } = Object(activationCommand) as Readonly<Record<string, unknown>>;
  const fits = isTexts(shells) && typeof script === 'string' && typeof line === 'function';
  return fits ? undefined : 'its `activationCommand` needs a list `shells`, a text `script` and a function `line`';
}

function whatIsWrongWithOptions(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return 'its `options` are not an object';
  for (const [name, option] of Object.entries(options as Record<string, Record<string, unknown>>)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return `its option \`${name}\` is not named in camel case`;
    const { type, help } = Object(option);
    const fits = typeof type === 'string' && Object.hasOwn(OPTION_FIELDS, type) ? OPTION_FIELDS[type] : undefined;
    if (fits === undefined)
      return `its option \`${name}\` has no \`type\` out of ${Object.keys(OPTION_FIELDS).join(', ')}`;
    if (!fits(option)) return `its option \`${name}\` has no fitting \`default\` or \`choices\``;
    if (typeof help !== 'string') return `its option \`${name}\` has no \`help\``;
  }
  return undefined;
}

function isOptional(value: unknown, type: string): boolean {
  return value === undefined || typeof value === type;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
