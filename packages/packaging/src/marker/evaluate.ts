import { normalizeName } from '../name.ts';
import { parseSpecifiers } from '../specifier/parse.ts';
import { satisfies } from '../specifier/satisfies.ts';
import { isVersion } from '../version/version.ts';
import type { MarkerEnvironment } from './environment.ts';
import { MARKER_FIELDS, type Marker, type MarkerComparison, type MarkerField, type MarkerOperand } from './marker.ts';

/** A marker names a field that the environment does not have: `extra`, `extras` or `dependency_groups`. */
export class UndefinedFieldError extends Error {
  readonly field: MarkerField;

  static {
    UndefinedFieldError.prototype.name = 'UndefinedFieldError';
  }

  constructor(field: MarkerField) {
    super(`the marker names ${field}, which has no value here`);
    this.field = field;
  }
}

/**
 * Whether a marker holds in an environment (PEP 508, as amended in January 2026). Versions are compared as PEP 440 has
 * it, pre-releases included, where the field can be one and the other side makes a specifier; everything else is compared
 * as text, where `<=`, `>=`, `~=` and `===` mean `==`, and `<` and `>` never hold.
 *
 * @throws UndefinedFieldError when the marker names a field without a value, whether or not the result depends on it
 */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): boolean {
  if (marker.kind === 'comparison') return compare(marker, environment);
  // Every term, so that an undefined field is reported in any order of the terms.
  const results = marker.terms.map((term) => evaluateMarker(term, environment));
  return marker.kind === 'and' ? !results.includes(false) : results.includes(true);
}

function compare({ left, operator, right }: MarkerComparison, environment: MarkerEnvironment): boolean {
  const kinds = [left, right].map((side) => ('field' in side ? MARKER_FIELDS[side.field] : undefined));
  if ('field' in right && MARKER_FIELDS[right.field] === 'names') {
    const names = namesOf(right.field, environment);
    const isMember = names.has(normalizeName(textOf(left, environment)));
    return operator === 'in' ? isMember : !isMember;
  }
  const isName = kinds.includes('name');
  const [a, b] = [left, right].map((side) => {
    const value = textOf(side, environment);
    return isName ? normalizeName(value) : value;
  }) as [string, string];
  if (operator === 'in') return b.includes(a);
  if (operator === 'not in') return !b.includes(a);
  const mayBeVersion = kinds.includes('version') || kinds.includes('version or text');
  return (mayBeVersion ? compareAsVersions(a, operator, b) : undefined) ?? compareAsTexts(a, operator, b);
}

function compareAsVersions(a: string, operator: string, b: string): boolean | undefined {
  if (!isVersion(a)) return undefined;
  try {
    return satisfies(a, parseSpecifiers(`${operator}${b}`));
  } catch {
    // What makes no specifier is compared as text.
    return undefined;
  }
}

function compareAsTexts(a: string, operator: string, b: string): boolean {
  switch (operator) {
    case '!=':
      return a !== b;
    case '<':
    case '>':
      return false;
    default:
      return a === b;
  }
}

function textOf(operand: MarkerOperand, environment: MarkerEnvironment): string {
  if ('value' in operand) return operand.value;
  const value = environment[operand.field];
  if (typeof value !== 'string') throw new UndefinedFieldError(operand.field);
  return operand.field === 'python_full_version' ? value.replace(/\+$/, '') : value;
}

function namesOf(field: MarkerField, environment: MarkerEnvironment): ReadonlySet<string> {
  const names = environment[field];
  if (names === undefined || typeof names === 'string') throw new UndefinedFieldError(field);
  return new Set([...names].map(normalizeName));
}
