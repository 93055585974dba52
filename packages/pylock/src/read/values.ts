import {
  fieldsOf,
  isNormalizedName,
  type MarkerField,
  parseMarker,
  parseSpecifiers,
  parseVersion,
} from '@vivarium/packaging';
import { invalid, type Node, textOf } from './node.ts';

/** Fields of the lock's own, which `environments` can not name. */
const LOCK_FIELDS: readonly MarkerField[] = ['extras', 'dependency_groups'];

/** A normalized name of a package, an extra or a group. */
export function nameOf(node: Node): string {
  const name = textOf(node);
  if (!isNormalizedName(name)) throw invalid(node, `${JSON.stringify(name)} is not a normalized name`);
  return name;
}

export function versionOf(node: Node): string {
  return checked(node, 'a version', parseVersion);
}

export function specifierOf(node: Node): string {
  return checked(node, 'a version specifier', parseSpecifiers);
}

/** A marker, in which a lock has no value for `extra`. */
export function markerOf(node: Node): string {
  const text = checked(node, 'a marker', parseMarker);
  if (fieldsOf(parseMarker(text)).has('extra')) {
    throw invalid(node, 'a marker of a lock can not name extra, only extras');
  }
  return text;
}

/** A marker of `environments`. */
export function environmentOf(node: Node): string {
  const text = markerOf(node);
  const field = [...fieldsOf(parseMarker(text))].find((name) => LOCK_FIELDS.includes(name));
  if (field !== undefined) throw invalid(node, `a marker of environments can not name ${field}`);
  return text;
}

/** A path below a source tree. */
export function subdirectoryOf(node: Node): string {
  const path = textOf(node);
  if (/^[\\/]|^[A-Za-z]:|\0/.test(path) || path.split(/[\\/]/).includes('..')) {
    throw invalid(node, `${JSON.stringify(path)} leads out of the source tree`);
  }
  return path;
}

function checked(node: Node, what: string, parse: (text: string) => unknown): string {
  const text = textOf(node);
  try {
    parse(text);
    return text;
  } catch (error) {
    throw invalid(node, `not ${what}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
