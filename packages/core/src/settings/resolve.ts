import { basename, dirname } from 'node:path';
import { BadValue, convert } from './convert.ts';
import { configKeys, isVariableName, type SettingName, variableNames } from './names.ts';
import { kebabCase, type Option, type Options, type Settings } from './option.ts';
import { isAllowedInProject, ruleOf } from './project-rules.ts';
import type { ConfigTable, SettingLayers, SettingSource } from './source.ts';

/** One thing that is wrong with a setting. */
export interface SettingProblem {
  /** A whole sentence without a full stop; it names the source and the value. */
  readonly message: string;
  readonly source: SettingSource;
}

/** Settings with where each came from, and everything that is wrong with them. */
export interface ResolvedSettings<O extends Options = Options> {
  readonly values: Settings<O>;
  readonly sources: Readonly<Record<keyof O, SettingSource>>;
  readonly problems: readonly SettingProblem[];
}

/**
 * Makes settings out of flags, variables, files and defaults: a flag beats a variable, a variable beats a file, for
 * lists too. Nothing is thrown: all problems are returned together.
 *
 * @param known some of these options, resolved from the same layers; they are taken as they are
 */
export function resolveSettings<const O extends Options>(
  options: O,
  layers: SettingLayers,
  known?: ResolvedSettings,
): ResolvedSettings<O> {
  const found: Record<string, Found> = {};
  const problems: SettingProblem[] = [...(known?.problems ?? [])];
  // Mostly there is none, and asking for each by name takes longer than all the rest.
  const { flags, files, env } = layers;
  const where = Object.keys(env).some(isVariableName) ? { flags, files, env } : { flags, files };
  for (const [name, option] of Object.entries(options)) {
    const source = known?.sources[name];
    if (source !== undefined) {
      found[name] = { value: known?.values[name], source };
      continue;
    }
    const given = findGiven(name, option, where);
    try {
      found[name] =
        given === undefined ? byDefault(option) : { ...given, value: convertGiven(name, option, { given, layers }) };
    } catch (error) {
      if (!(error instanceof BadValue) || given === undefined) throw error;
      problems.push({ message: `${given.source.name} can't be used: ${error.message}`, source: given.source });
      found[name] = byDefault(option);
    }
  }
  problems.push(...settleExclusions(options, found, known));
  return {
    values: mapValues(found, (entry) => entry.value) as Settings<O>,
    sources: mapValues(found, (entry) => entry.source) as Record<keyof O, SettingSource>,
    problems,
  };
}

interface Given {
  readonly raw: unknown;
  readonly source: SettingSource;
  readonly isNegated: boolean;
}

interface Found {
  readonly value: unknown;
  readonly source: SettingSource;
}

/** Where {@link findGiven} looks; without `env`, not among the variables. */
type GivenLayers = Pick<SettingLayers, 'flags' | 'files'> & Partial<Pick<SettingLayers, 'env'>>;

function findGiven(name: string, option: Option, { flags, env, files }: GivenLayers): Given | undefined {
  const flag = flags[name];
  if (flag !== undefined) return { raw: flag.value, source: { layer: 'flag', name: flag.flag }, isNegated: false };
  if (env !== undefined) {
    for (const variable of variableNames(name, option)) {
      const raw = env[variable.name];
      if (raw) return { raw, source: { layer: 'variable', name: variable.name }, isNegated: variable.isNegated };
    }
  }
  for (const file of files) {
    const entry = configKeys(name, option).find((key) => Object.hasOwn(file.values, key.name));
    if (entry !== undefined) return fromFile(file, entry);
  }
  return undefined;
}

function fromFile(file: ConfigTable, { name, isNegated }: SettingName): Given {
  const source: SettingSource = {
    layer: 'file',
    name: `${basename(file.path)} (${file.prefix}${name})`,
    file: file.path,
    ...(file.isProject ? { isProject: true } : {}),
    ...(file.isForeign ? { isForeign: true } : {}),
  };
  return { raw: file.values[name], source, isNegated };
}

interface GivenIn {
  readonly given: Given;
  readonly layers: SettingLayers;
}

function convertGiven(name: string, option: Option, { given, layers }: GivenIn): unknown {
  const { file } = given.source;
  const directory = file === undefined ? layers.cwd : dirname(file);
  const isInFile = file !== undefined;
  const value = convert(option, given.raw, { directory, isListInText: given.source.layer !== 'flag', isInFile });
  if (isData(given.source)) assertAllowed(name, option, { value, source: given.source });
  return given.isNegated ? !value : value;
}

/** Whether a setting stands in a file that is only data: one of a project, or one that another user could have put there. */
function isData({ isProject, isForeign }: SettingSource): boolean {
  return isProject === true || isForeign === true;
}

function assertAllowed(name: string, option: Option, { value, source }: Found): void {
  const rule = ruleOf(option);
  if (rule !== undefined && isAllowedInProject(rule, value)) return;
  const whose = source.isForeign ? 'the file of another user' : "a project's file";
  const limit = rule === undefined ? `${whose} may not set this` : `${whose} may set this only to ${rule.values}`;
  const [variable] = variableNames(name, option);
  throw new BadValue(
    `${limit}; use --${kebabCase(name)}, ${variable?.name} or your own vivarium.toml (${source.file})`,
  );
}

function byDefault(option: Option): Found {
  return { value: option.default, source: { layer: 'default', name: 'the default' } };
}

const RANK = { call: 0, flag: 0, variable: 1, file: 2, default: 3 } as const;

/**
 * Of options that exclude each other the one from the stronger layer stays; two from one layer are a problem. Among
 * those that are known that was settled.
 */
function settleExclusions(options: Options, found: Record<string, Found>, known?: ResolvedSettings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const exclusive = Object.keys(options).filter((name) => options[name]?.excludes !== undefined && found[name]?.value);
  for (const [index, first] of exclusive.entries()) {
    for (const second of exclusive.slice(index + 1)) {
      if (options[first]?.excludes !== options[second]?.excludes || isKnown(first, second)) continue;
      const [a, b] = [found[first], found[second]];
      if (!a?.value || !b?.value) continue;
      if (a.source.layer === b.source.layer && a.source.layer !== 'default') {
        problems.push({ message: `${a.source.name} and ${b.source.name} exclude each other`, source: b.source });
      } else {
        const [weaker, option] =
          RANK[a.source.layer] < RANK[b.source.layer] ? [second, options[second]] : [first, options[first]];
        if (option !== undefined) found[weaker] = { value: emptyOf(option), source: found[weaker]?.source ?? a.source };
      }
    }
  }
  return problems;

  function isKnown(...names: readonly string[]): boolean {
    return known !== undefined && names.every((name) => name in known.sources);
  }
}

function emptyOf(option: Option): unknown {
  return option.type === 'boolean' ? false : option.type === 'count' ? 0 : undefined;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
