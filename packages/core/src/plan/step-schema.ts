import { innerPath, type Rule } from './field.ts';
import { stepKinds } from './step-kinds.ts';

/** The part of the JSON schema of plans that comes from the kinds of steps. */
export const stepSchemas: { readonly path: object; readonly step: object } = {
  path: schemaOf(innerPath.rule),
  step: {
    oneOf: Object.entries(stepKinds).map(([kind, { fields }]) => objectSchema({ kind: { const: kind } }, fields)),
  },
};

type SomeFields = Extract<Rule, { is: 'object' }>['of'];

function objectSchema(head: Readonly<Record<string, object>>, fields: SomeFields): object {
  const required = Object.keys(fields).filter((name) => fields[name]?.isOptional !== true);
  const own = Object.entries(fields).map(([name, { rule }]) => [name, refersTo(rule)]);
  return {
    type: 'object',
    required: [...Object.keys(head), ...required],
    properties: { ...head, ...Object.fromEntries(own) },
    additionalProperties: false,
  };
}

function refersTo(rule: Rule): object {
  return rule === innerPath.rule ? { $ref: '#/$defs/path' } : schemaOf(rule);
}

function schemaOf(rule: Rule): object {
  switch (rule.is) {
    case 'string':
      return rule.pattern === undefined ? { type: 'string' } : { type: 'string', pattern: rule.pattern };
    case 'number':
      return { type: 'number', exclusiveMinimum: rule.above, maximum: rule.max };
    case 'integer':
      return { type: 'integer', minimum: rule.min, maximum: rule.max };
    case 'value':
      return { enum: rule.of };
    case 'list':
      return { type: 'array', ...(rule.isNotEmpty ? { minItems: 1 } : {}), items: refersTo(rule.of) };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: rule.name },
        additionalProperties: { anyOf: rule.of.map(refersTo) },
      };
    case 'object':
      return objectSchema({}, rule.of);
  }
}
