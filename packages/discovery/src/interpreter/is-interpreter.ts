import type { Interpreter } from '@vivarium/core/plugin';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const path: Check = (value) => typeof value === 'string' && value !== '';
const boolean: Check = (value) => typeof value === 'boolean';
const whole: Check = (value) => Number.isInteger(value);
const oneOf = (...values: readonly unknown[]): Check => {
  return (value) => values.includes(value);
};
const optional = (check: Check): Check => {
  return (value) => value === undefined || check(value);
};
const shape = (checks: Readonly<Record<string, Check>>): Check => {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => Object.hasOwn(checks, key)) &&
    Object.entries(checks).every(([key, check]) => check((value as Readonly<Record<string, unknown>>)[key]));
};

const listings: Check = (value) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((names) => Array.isArray(names) && names.every(text));

const version = shape({
  major: whole,
  minor: whole,
  micro: whole,
  releaseLevel: oneOf('alpha', 'beta', 'candidate', 'final'),
  serial: whole,
});

const pair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(whole);

// `satisfies` makes a member that is added to the type, and not here, an error of the compiler.
const interpreter = shape({
  implementation: path,
  version,
  implementationVersion: optional(version),
  platform: path,
  os: oneOf('posix', 'nt'),
  bits: oneOf(32, 64),
  machine: path,
  libc: optional(oneOf('glibc', 'musl')),
  system: optional(shape({ version: optional(pair), soabi: optional(text), platformMachine: optional(text) })),
  isFreeThreaded: boolean,
  isDebug: boolean,
  executable: path,
  systemExecutable: path,
  realExecutable: path,
  prefix: path,
  basePrefix: path,
  baseExecPrefix: path,
  stdlib: path,
  scheme: shape({ scripts: path, purelib: path, platlib: path, stdlib: path, include: path }),
  sharedLibrary: optional(shape({ name: path, directory: path })),
  framework: optional(path),
  abiFlags: text,
  cacheTag: optional(text),
  hasVenv: boolean,
  isExternallyManaged: boolean,
  listings: optional(listings),
  tcl: optional(shape({ tclLibrary: path, tkLibrary: path })),
} satisfies Record<keyof Interpreter, Check>);

/** Whether a value that came from a file has the form of an {@link Interpreter}, with no member missing or unknown. */
export function isInterpreter(value: unknown): value is Interpreter {
  return interpreter(value);
}
