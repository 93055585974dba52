import type { Operator } from '../specifier/parse.ts';

/** The fields of an environment that a marker can name, with what their values are. */
export const MARKER_FIELDS = {
  os_name: 'text',
  sys_platform: 'text',
  platform_machine: 'text',
  platform_python_implementation: 'text',
  platform_release: 'version or text',
  platform_system: 'text',
  platform_version: 'version or text',
  python_version: 'version',
  python_full_version: 'version',
  implementation_name: 'text',
  implementation_version: 'version',
  extra: 'name',
  extras: 'names',
  dependency_groups: 'names',
} as const satisfies Readonly<Record<string, 'text' | 'version' | 'version or text' | 'name' | 'names'>>;

/** A field that a marker can name. */
export type MarkerField = keyof typeof MARKER_FIELDS;

/** How a marker compares. */
export type MarkerOperator = Operator | 'in' | 'not in';

/** One side of a comparison. */
export type MarkerOperand = { readonly field: MarkerField } | { readonly value: string };

/** A field against a text, in either order, or two fields. */
export interface MarkerComparison {
  readonly kind: 'comparison';
  readonly left: MarkerOperand;
  readonly operator: MarkerOperator;
  readonly right: MarkerOperand;
}

/** An environment marker (PEP 508) as a tree. */
export type Marker =
  | MarkerComparison
  | { readonly kind: 'and' | 'or'; readonly terms: readonly [Marker, Marker, ...Marker[]] };

/** The fields that a marker names, each once. */
export function fieldsOf(marker: Marker): ReadonlySet<MarkerField> {
  if (marker.kind !== 'comparison') return new Set(marker.terms.flatMap((term) => [...fieldsOf(term)]));
  return new Set([marker.left, marker.right].flatMap((side) => ('field' in side ? [side.field] : [])));
}
