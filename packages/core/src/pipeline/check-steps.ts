import type { Step } from '../plan/step.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { badAnswer } from './call-plugin.ts';

/** What the fields of each kind of step have to be; `path` is looked at apart. */
const FIELDS: Readonly<Record<Step['kind'], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  directory: {},
  file: { contents: isText, mode: isOptional(Number.isInteger), existing: isOptional(isOneOf('replace', 'keep')) },
  symlink: {
    target: isText,
    orCopy: isOptional(isText),
    orFile: isOptional(isObject),
    orDirectory: isOptional(isOneOf(true)),
  },
  copy: { source: isText, mode: isOptional(Number.isInteger) },
  tree: {
    source: isText,
    directories: Array.isArray,
    files: Array.isArray,
    link: isListOf(isOneOf('reflink', 'hardlink', 'copy', 'symlink')),
  },
  remove: {},
  run: {
    command: isCommand,
    purpose: isText,
    env: isOptional(isEnvironment),
    place: isOptional(isOneOf('staging', 'destination')),
  },
};

/** Refuses steps that a plugin must not ask for: of no known form, or with a path that leaves the environment. */
export function checkSteps(plugin: Plugin<PluginKind>, steps: readonly Step[]): readonly Step[] {
  if (!Array.isArray(steps)) throw badAnswer(plugin, `${show(steps)} where its steps should be`);
  for (const step of steps as readonly Step[]) {
    const kind = isObject(step) ? step.kind : undefined;
    if (kind === undefined || !Object.hasOwn(FIELDS, kind)) {
      throw badAnswer(plugin, `a step of unknown kind: ${show(step)}`);
    }
    for (const [name, fits] of Object.entries(FIELDS[kind])) {
      const value = (step as unknown as Readonly<Record<string, unknown>>)[name];
      if (!fits(value)) throw badAnswer(plugin, `a step \`${kind}\` whose \`${name}\` is ${show(value)}`);
    }
    if (step.kind === 'run') continue;
    assertInside(plugin, step.path);
    if (step.kind === 'tree') for (const path of [...step.directories, ...step.files]) assertInside(plugin, path);
  }
  return steps;
}

/** Refuses a path that is not relative, or would leave the environment. */
export function assertInside(plugin: Plugin<PluginKind>, path: unknown): void {
  if (typeof path !== 'string' || !isInside(path)) {
    throw badAnswer(plugin, `a path that is not inside the environment: ${show(path)}`);
  }
}

/** A value for a message, cut short. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `\`${(text.length > 100 ? `${text.slice(0, 100)}…` : text).replaceAll('\n', '\\n')}\``;
}

/** Whether a value has fields. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a path is relative, is written with `/` and stays below its root on every platform. */
function isInside(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path)) {
    return false;
  }
  return !`/${path}/`.includes('/../');
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isOneOf(...allowed: readonly unknown[]): (value: unknown) => boolean {
  return (value) => allowed.includes(value);
}

function isOptional(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || fits(value);
}

function isListOf(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(fits);
}

function isCommand(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isEnvironment(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((entry) => entry === null || isText(entry));
}
