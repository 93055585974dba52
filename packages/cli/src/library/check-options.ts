import { coreOptions, type FlagValue, type Options, type RunEvent, VivariumError } from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';
import { managedOptions } from '@vivarium/discoverer-standalone';
import { checkList, checkPath, checkSpec, checkValue, WrongValue, wrong } from './check-value.ts';
import type { CallOptions, DeclaredName, OwnForms } from './environment-options.ts';
import type { GivenPlugins } from './given-plugins.ts';

/** The options of a call: what it is about, and the settings by their names. */
export interface CheckedCall {
  readonly destination: string;
  readonly seedWheels: string | undefined;
  readonly downloadPython: string | undefined;
  readonly sbom: string | undefined;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
  readonly readConfiguration: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: RunEvent) => void) | undefined;
  readonly onWarn: ((message: string) => void) | undefined;
  readonly onDebug: ((message: string) => void) | undefined;
  readonly pluginSettings: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, FlagValue>>;
}

type Checks<Names extends PropertyKey> = Readonly<Record<Names, (value: unknown, given: GivenPlugins) => unknown>>;

/** How each option of a call is checked. One that the type declares and this table lacks does not compile. */
export const CALL_OPTIONS: Checks<keyof CallOptions> = {
  destination: checkPath,
  seedWheels: checkPath,
  sbom: checkPath,
  cwd: checkPath,
  env: checkObject,
  pluginSettings: checkObject,
  readConfiguration: checkFlag,
  signal: checkSignal,
  onEvent: checkFunction,
  onWarn: checkFunction,
  onDebug: checkFunction,
};

/** How each setting with a form of its own is checked, and the value that it becomes. */
export const OWN_FORMS: Checks<keyof OwnForms> = {
  python: (value) => (Array.isArray(value) ? value.map(checkSpec) : [checkSpec(value)]),
  discovery: (value, given) => given.nameOf('discoverer', value),
  downloadPython: (value) => checkValue(managedOptions.downloadPython, value),
  creator: (value, given) => given.nameOf('creator', value),
  seeder: (value, given) => (value === false ? false : given.nameOf('seeder', value)),
  activators: (value, given) => checkList(value, (item) => given.nameOf('activator', item)),
};

const { noSeed: _, python, discovery, creator, seeder, activators, ...declared } = coreOptions;
/** The settings that a call has as they are declared. */
export const DECLARED: Readonly<Record<DeclaredName, Options[string]>> = declared;

const NAMES = [CALL_OPTIONS, OWN_FORMS, DECLARED].flatMap(Object.keys);

/**
 * Checks the options of a call.
 *
 * @throws VivariumError `SETTING_INVALID` (exit code 2) with everything that is wrong, at once
 */
export function checkOptions(options: unknown, given: GivenPlugins): CheckedCall {
  const { checked, problems } = checkEach(options, { names: NAMES, check: (name, value) => check(name, value, given) });
  if (checked.destination === undefined && !problems.some(({ source }) => source === 'destination')) {
    problems.unshift({
      source: 'destination',
      message: 'Missing required option `destination`',
      hint: "For example: { destination: '.venv' }.",
    });
  }
  if (problems.length > 0) throw invalid(problems, NAMES);
  const { readConfiguration = false, pluginSettings = {}, ...call } = checked;
  return { ...call, readConfiguration, pluginSettings, settings: settingsOf(checked) } as unknown as CheckedCall;
}

/** The options of a call that only resolves. */
export type CheckedLockCall = Omit<
  CheckedCall,
  'destination' | 'seedWheels' | 'downloadPython' | 'sbom' | 'onEvent' | 'pluginSettings'
>;

const { python: checkPython } = OWN_FORMS;
const { cwd, env, readConfiguration, signal, onWarn, onDebug } = CALL_OPTIONS;
const LOCK_CALL_OPTIONS = { cwd, env, readConfiguration, signal, onWarn, onDebug };

/**
 * Checks the options of a call that only resolves.
 *
 * @param declared its settings
 * @throws VivariumError `SETTING_INVALID` (exit code 2) with everything that is wrong, at once
 */
export function checkLockOptions(options: unknown, declared: Options, given: GivenPlugins): CheckedLockCall {
  const names = [...Object.keys(LOCK_CALL_OPTIONS), ...Object.keys(declared)];
  const { checked, problems } = checkEach(options, {
    names,
    check(name, value) {
      if (isIn(LOCK_CALL_OPTIONS, name)) return LOCK_CALL_OPTIONS[name](value, given);
      if (name === 'python') return checkPython(value, given);
      const option = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (option === undefined) throw new UnknownOption(name, names);
      return checkValue(option, value);
    },
  });
  if (problems.length > 0) throw invalid(problems, names);
  const settings = Object.entries(checked).filter(([name]) => Object.hasOwn(declared, name));
  return {
    ...checked,
    readConfiguration: checked.readConfiguration === true,
    settings: Object.fromEntries(settings.map(([flag, value]) => [flag, { flag, value }])),
  } as unknown as CheckedLockCall;
}

interface Checking {
  readonly names: readonly string[];
  readonly check: (name: string, value: unknown) => unknown;
}

function checkEach(
  options: unknown,
  { names, check }: Checking,
): { readonly checked: Record<string, unknown>; readonly problems: Problem[] } {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid([{ message: `The options can't be used: ${wrong('an object', options).message}` }], names);
  }
  const checked: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    try {
      checked[name] = check(name, value);
    } catch (error) {
      problems.push(problemOf(name, error));
    }
  }
  return { checked, problems };
}

/**
 * Settings of plugins, once the plugins are known; `seedWheels` too, which is one of seeders that take wheels from there.
 *
 * @param declared the options of core and of the selected plugins
 * @throws VivariumError `SETTING_INVALID` (exit code 2)
 */
export function checkPluginSettings(
  { pluginSettings, seedWheels, downloadPython }: Pick<CheckedCall, 'pluginSettings' | 'seedWheels' | 'downloadPython'>,
  declared: Options,
): Readonly<Record<string, FlagValue>> {
  const own = Object.entries(declared).filter(([name]) => !Object.hasOwn(coreOptions, name));
  const table: Options = Object.fromEntries(own);
  const settings: Record<string, FlagValue> = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(pluginSettings)) {
    const flag = `pluginSettings.${name}`;
    if (value === undefined) continue;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    try {
      if (option === undefined) throw new UnknownOption(name, Object.keys(table));
      settings[name] = { flag, value: checkValue(option, value) };
    } catch (error) {
      problems.push(problemOf(flag, error));
    }
  }
  if (problems.length > 0) throw invalid(problems, NAMES);
  if (downloadPython !== undefined && Object.hasOwn(table, 'downloadPython')) {
    settings.downloadPython = { flag: 'downloadPython', value: downloadPython };
  }
  if (seedWheels !== undefined && Object.hasOwn(table, 'seedWheels')) {
    settings.seedWheels = { flag: 'seedWheels', value: seedWheels };
  }
  return settings;
}

function check(name: string, value: unknown, given: GivenPlugins): unknown {
  if (isIn(CALL_OPTIONS, name)) return CALL_OPTIONS[name](value, given);
  if (isIn(OWN_FORMS, name)) return OWN_FORMS[name](value, given);
  if (isIn(DECLARED, name)) return checkValue(DECLARED[name], value);
  throw new UnknownOption(name, NAMES);
}

function settingsOf(checked: Readonly<Record<string, unknown>>): Record<string, FlagValue> {
  const settings = Object.entries(checked).filter(
    // It is a setting of the discoverer, and is passed on when that is known.
    ([name]) => (isIn(OWN_FORMS, name) && name !== 'downloadPython') || isIn(DECLARED, name),
  );
  return Object.fromEntries(
    settings.map(([flag, value]) =>
      value === false && flag === 'seeder'
        ? ['noSeed', { flag: 'seeder', value: true }]
        : [flag, { flag, value: value as FlagValue['value'] }],
    ),
  );
}

class UnknownOption extends Error {
  readonly near: string | undefined;

  constructor(name: string, known: readonly string[]) {
    super(`Unknown option \`${name}\``);
    this.near =
      known.find((one) => one.toLowerCase() === name.replaceAll(/[-_]/g, '').toLowerCase()) ?? nearName(name, known);
  }
}

interface Problem {
  readonly message: string;
  readonly source?: string;
  readonly hint?: string;
}

function problemOf(name: string, error: unknown): Problem {
  if (error instanceof WrongValue) return { message: `\`${name}\` can't be used: ${error.message}`, source: name };
  if (!(error instanceof UnknownOption)) throw error;
  const { message, near } = error;
  return {
    message: message.replace(/`.*`/, `\`${name}\``),
    source: name,
    ...(near === undefined ? {} : { hint: `Did you mean \`${near}\`?` }),
  };
}

function invalid(problems: readonly Problem[], names: readonly string[]): VivariumError {
  const hints = problems.flatMap(({ hint }) => hint ?? []);
  return new VivariumError('SETTING_INVALID', problems.map(({ message }) => message).join('\n'), {
    source: problems[0]?.source,
    hint: [...hints, `The options are ${names.join(', ')}.`].join('\n'),
  });
}

function checkFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong('true or false', value);
}

function checkObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw wrong('an object', value);
}

function checkFunction(value: unknown): unknown {
  if (typeof value === 'function') return value;
  throw wrong('a function', value);
}

function checkSignal(value: unknown): AbortSignal {
  // Of another realm it is not an instance of ours.
  const { aborted, addEventListener } = Object(value) as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return value as AbortSignal;
  throw wrong('an AbortSignal', value);
}

function isIn<Table extends object>(table: Table, name: PropertyKey): name is keyof Table {
  return Object.hasOwn(table, name);
}
