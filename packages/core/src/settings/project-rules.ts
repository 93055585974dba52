import { isVivariumError } from '../error.ts';
import { readSpec } from '../spec/read-spec.ts';

/** One rule for what a project's file may set an option to. */
interface Rule {
  /** Completes "a project's file may set it to …", for messages and the reference. */
  readonly values: string;
  /** Whether one value, an item of a list for lists, may be set. It was converted before, and is of the option's type. */
  readonly allows: (value: unknown) => boolean;
}

/**
 * The rules that options choose from with `allowedInProject`. Where only a part of the values is data, the rule says which;
 * the form of the value alone decides, so that nothing has to be looked at for it.
 */
export const projectRules = {
  any: { values: 'any value', allows: () => true },
  'version-spec': {
    values: 'a version or a range of versions (3.12, pypy3.10, >=3.9,<3.13), not a path or the name of a program',
    allows: (value) => isVersionSpec(String(value)),
  },
  'package-version': {
    values: 'bundle, embed, none, a version or a range of versions, not a path or an address',
    allows: (value) => PACKAGE_VERSION.test(String(value)),
  },
  'plugin-name': {
    values: 'names of official plugins; others are loaded only with --project-plugins',
    // What a name stands for is known when it is looked for, and is refused there (`plugins/by-name/trust.ts`).
    allows: () => true,
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** The name of a rule. */
export type ProjectRule = keyof typeof projectRules;

/** The rule of an option; `undefined` where a project's file may not set it, or a plugin names no rule that there is. */
export function ruleOf({ allowedInProject: name }: { readonly allowedInProject?: ProjectRule }): Rule | undefined {
  return name !== undefined && Object.hasOwn(projectRules, name) ? projectRules[name] : undefined;
}

/** Whether a project's file may set an option with this rule to a value. */
export function isAllowedInProject({ allows }: Rule, value: unknown): boolean {
  return Array.isArray(value) ? value.every(allows) : allows(value);
}

// PEP 440 has no other characters; paths, addresses and requirements with one need at least one other, options a dash.
const PACKAGE_VERSION = /^(?!\s*-)[\w.!+*<>=~,\s-]*$/;

function isVersionSpec(text: string): boolean {
  try {
    return readSpec(text).kind === 'version';
  } catch (error) {
    // It says nothing about a Python; the error of the search tells why.
    if (isVivariumError(error)) return true;
    throw error;
  }
}
