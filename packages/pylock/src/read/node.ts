import type { LockOrigin, TomlTable } from '../lock.ts';
import { LockError } from '../lock-error.ts';
import type { Path } from '../path.ts';

/** A value of the document, and where it is. */
export interface Node {
  readonly value: unknown;
  readonly path: Path;
  readonly origin: LockOrigin;
}

/** The error that a value is not as it has to be. */
export function invalid({ path, origin }: Node, problem: string, cause?: unknown): LockError {
  return new LockError('LOCK_INVALID', problem, { path, origin, cause });
}

/** What is below a key of a table, or `undefined`. */
export function child(node: Node, key: string): Node | undefined {
  const table = tableOf(node);
  return Object.hasOwn(table, key) ? { ...node, value: table[key], path: [...node.path, key] } : undefined;
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
  return node.value.map((value, index) => ({ ...node, value, path: [...node.path, index] }));
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
