/**
 * What a field of a step has to be, as data: the check at the border, the types and the JSON schema are read from it.
 * `Value` is the type of the values that fit.
 */
export interface Field<Value> {
  readonly rule: Rule;
  readonly isOptional?: boolean;
  /** Never there. It makes fields of different types incompatible. */
  readonly type?: (value: Value) => Value;
}

/** The fields of a kind of object: one for each property of its type, optional where the property is. */
export type Fields<Shape> = { readonly [Name in keyof Shape]-?: Field<Shape[Name]> };

/** How values are compared with what is allowed. */
export type Rule =
  | { readonly is: 'string'; readonly pattern?: string }
  | { readonly is: 'number'; readonly above?: number; readonly max: number }
  | { readonly is: 'integer'; readonly min: number; readonly max: number }
  | { readonly is: 'value'; readonly of: readonly (string | boolean | null)[] }
  | { readonly is: 'list'; readonly of: Rule; readonly isNotEmpty?: true }
  | { readonly is: 'map'; readonly of: readonly Rule[]; readonly name: string }
  | {
      readonly is: 'object';
      readonly of: Readonly<Record<string, { readonly rule: Rule; readonly isOptional?: boolean }>>;
    };

/** Any string. */
export const text: Field<string> = { rule: { is: 'string' } };

/** What the system takes as an argument or a path: a string without NUL. */
const word: Field<string> = { rule: { is: 'string', pattern: '^[^\\0]*$' } };

/** A path that need not be in the environment. */
export const anyPath: Field<string> = { rule: { is: 'string', pattern: '^[^\\0]+$' } };

/** A relative path, written with `/`, that stays below the root of the environment on every platform. */
export const innerPath: Field<string> = {
  rule: { is: 'string', pattern: '^(?!/|[A-Za-z]:|\\.\\.(?:/|$))(?:[^/\\\\\\0]|/(?!\\.\\.(?:/|$)))+$' },
};

/** Permission bits. */
export const permissions: Field<number> = { rule: { is: 'integer', min: 0, max: 0o777 } };

/** A time limit in seconds, up to what a timer of Node.js can wait. */
export const seconds: Field<number> = { rule: { is: 'number', above: 0, max: 2_147_483 } };

/** One of some values. */
export function oneOf<const Value extends string | boolean | null>(...of: readonly Value[]): Field<Value> {
  return { rule: { is: 'value', of } };
}

/** A list of values that fit one field. */
export function listOf<Value>({ rule }: Field<Value>): Field<readonly Value[]> {
  return { rule: { is: 'list', of: rule } };
}

/** The same with one entry at least. */
export function someOf<Value>({ rule }: Field<Value>): Field<readonly Value[]> {
  return { rule: { is: 'list', of: rule, isNotEmpty: true } };
}

/** An executable and its arguments. */
export const command: Field<readonly [string, ...string[]]> = { rule: someOf(word).rule };

/** Variables of a process: what has a value is set, `null` removes one. */
export const variables: Field<Readonly<Record<string, string | null>>> = {
  rule: { is: 'map', of: [word.rule, { is: 'value', of: [null] }], name: '^[^=\\0]+$' },
};

/** An object with these fields and no others. */
export function object<Shape>(of: Fields<Shape>): Field<Shape> {
  return { rule: { is: 'object', of } };
}

/** A field that may be missing. */
export function optional<Value>({ rule }: Field<Value>): Field<Value | undefined> {
  return { rule, isOptional: true };
}
