import type { LockOrigin, TomlTable } from '../lock.ts';
import { LockError } from '../lock-error.ts';
import type { Path } from '../path.ts';

/** A value of the document, and where it is. A lock has tens of thousands, so that the path is only put together on demand. */
export interface Node {
  readonly value: unknown;
  readonly origin: LockOrigin;
  /** Missing for the document itself. */
  readonly place?: { readonly parent: Node; readonly key: string | number };
}

/** Where a value is in the document. */
export function pathOf({ place }: Node): Path {
  return place === undefined ? [] : [...pathOf(place.parent), place.key];
}

/** The error that a value is not as it has to be. */
export function invalid(node: Node, problem: string, cause?: unknown): LockError {
  return new LockError('LOCK_INVALID', problem, { path: pathOf(node), origin: node.origin, cause });
}

/** What is below a key of a table, or `undefined`. */
export function child(node: Node, key: string): Node | undefined {
  const table = tableOf(node);
  return Object.hasOwn(table, key) ? below(node, key, table[key]) : undefined;
}

/** A value that is below another. */
function below(parent: Node, key: string | number, value: unknown): Node {
  return { value, origin: parent.origin, place: { parent, key } };
}

/** What is below a key that has to be there. */
export function required(node: Node, key: string): Node {
  const found = child(node, key);
  if (found === undefined) throw invalid(node, `"${key}" is missing`);
  return found;
}

export function tableOf(node: Node): TomlTable {
  const { value } = node;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)) {
    return value as TomlTable;
  }
  throw invalid(node, `a table is expected, not ${describe(value)}`);
}

export function textOf(node: Node): string {
  if (typeof node.value !== 'string') throw invalid(node, `a string is expected, not ${describe(node.value)}`);
  if (node.value === '') throw invalid(node, 'the string is empty');
  return node.value;
}

export function booleanOf(node: Node): boolean {
  if (typeof node.value !== 'boolean') throw invalid(node, `a boolean is expected, not ${describe(node.value)}`);
  return node.value;
}

export function elementsOf(node: Node): readonly Node[] {
  if (!Array.isArray(node.value)) throw invalid(node, `an array is expected, not ${describe(node.value)}`);
  return node.value.map((value, index) => below(node, index, value));
}

/** A key that may be missing, read by `read`, as a part of an object. */
export function optional<K extends string, T>(
  as: K,
  node: Node | undefined,
  read: (node: Node) => T,
): { readonly [key in K]?: T } {
  return (node === undefined ? {} : { [as]: read(node) }) as { readonly [key in K]?: T };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a date';
  switch (typeof value) {
    case 'bigint':
      return `the integer ${value}`;
    case 'number':
      return `the float ${value}`;
    case 'object':
      return 'a table';
    default:
      return JSON.stringify(value).slice(0, 100);
  }
}
