import { longNames } from './names.ts';
import type { Option, Options } from './option.ts';
import { ruleOf } from './project-rules.ts';

/** The annotation that says what a project's file may set a key to; `false`: it may not set it. */
const IN_PROJECT = 'x-allowed-in-project';

/** The part of a JSON schema that says which settings a file may have and what their values are. */
export interface SettingsSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly additionalProperties: false;
}

/** The JSON schema of a file with these settings, under the names that the flags have. */
export function settingsSchema(options: Options): SettingsSchema {
  const properties = Object.entries(options).flatMap(([name, option]) =>
    longNames(name, option).map((key) => [
      key.name,
      {
        description: option.help,
        ...valueSchema(option),
        ...(key.isNegated ? {} : defaultOf(option)),
        [IN_PROJECT]: ruleOf(option)?.values ?? false,
      },
    ]),
  );
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function valueSchema(option: Option): object {
  switch (option.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'choice':
      return { enum: option.choices };
    case 'list':
    case 'specs':
    case 'paths':
      return { type: ['array', 'string'], items: { type: 'string' } };
    case 'string':
    case 'path':
      return { type: 'string' };
  }
}

function defaultOf(option: Option): { readonly default?: unknown } {
  return option.default === undefined ? {} : { default: option.default };
}
