import type { Rule } from './field.ts';

const PATTERNS = new Map<string, RegExp>();

/** Whether a value is what a rule allows. */
export function matches(value: unknown, rule: Rule): boolean {
  switch (rule.is) {
    case 'string':
      return typeof value === 'string' && (rule.pattern === undefined || patternOf(rule.pattern).test(value));
    case 'number':
      return typeof value === 'number' && value > (rule.above ?? -Infinity) && value <= rule.max;
    case 'integer':
      return Number.isInteger(value) && Number(value) >= rule.min && Number(value) <= rule.max;
    case 'value':
      return (rule.of as readonly unknown[]).includes(value);
    case 'list':
      return Array.isArray(value) && (value.length > 0 || !rule.isNotEmpty) && allMatch(value, rule.of);
    case 'map':
      return (
        isRecord(value) &&
        Object.entries(value).every(
          ([name, one]) => patternOf(rule.name).test(name) && rule.of.some((allowed) => matches(one, allowed)),
        )
      );
    case 'object':
      return isRecord(value) && wrongField(value, rule.of) === undefined;
  }
}

// The list of a tree has a thousand files. Unlike `every()`, this does not skip holes, and needs no copy without them.
function allMatch(values: readonly unknown[], rule: Rule): boolean {
  for (const value of values) if (!matches(value, rule)) return false;
  return true;
}

/** The name of a property that is missing, unknown, or not what its field allows. */
export function wrongField(value: object, fields: Extract<Rule, { is: 'object' }>['of']): string | undefined {
  const given = new Map(Object.entries(value));
  const wrong = Object.entries(fields).find(([name, { rule, isOptional }]) => {
    const one = given.get(name);
    return one === undefined ? !isOptional : !matches(one, rule);
  });
  return wrong?.[0] ?? [...given.keys()].find((name) => !Object.hasOwn(fields, name));
}

/** Whether a value has properties. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value);
}

function patternOf(source: string): RegExp {
  let pattern = PATTERNS.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(source, 'u');
    PATTERNS.set(source, pattern);
  }
  return pattern;
}
