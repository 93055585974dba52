import { kebabCase, type Option } from './option.ts';

/** A name under which a setting can be given, and whether it says the opposite of the option. */
export interface SettingName {
  readonly name: string;
  readonly isNegated: boolean;
}

/** The long names of an option, without dashes, its own first. */
export function longNames(name: string, option: Option): readonly SettingName[] {
  const negations = option.type === 'boolean' ? (option.negations ?? []) : [];
  return [
    ...[kebabCase(name), ...(option.aliases ?? [])].map((long) => ({ name: long, isNegated: false })),
    ...negations.map((long) => ({ name: long, isNegated: true })),
  ];
}

const PREFIXES = ['VIVARIUM_', 'VIRTUALENV_'];

/** Whether a variable may be that of an option; Windows knows no difference between upper and lower case. */
export function isVariableName(variable: string): boolean {
  const name = variable.toUpperCase();
  return PREFIXES.some((prefix) => name.startsWith(prefix));
}

/**
 * The environment variables of an option: our own before those that virtualenv has by the same rule (the option's
 * strings in upper case, dashes as underscores).
 */
export function variableNames(name: string, option: Option): readonly SettingName[] {
  const names = [...longNames(name, option)];
  if (option.short !== undefined) names.push({ name: option.short, isNegated: false });
  return PREFIXES.flatMap((prefix) =>
    names.map((entry) => ({ ...entry, name: `${prefix}${entry.name.toUpperCase().replaceAll('-', '_')}` })),
  );
}

/** The keys of an option in a file: as the flag has it, or with underscores as virtualenv's own file does. */
export function configKeys(name: string, option: Option): readonly SettingName[] {
  return longNames(name, option).flatMap((entry) =>
    entry.name.includes('-') ? [entry, { ...entry, name: entry.name.replaceAll('-', '_') }] : [entry],
  );
}
