import type { Interpreter } from '@vivarium/core/host';

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What the variables of a process say of its environment. */
export interface ActiveEnvironment {
  /** Absolute. */
  readonly directory: string;
  /** What the prompt shows; empty for the name of the directory. */
  readonly prompt: string;
  readonly os: Interpreter['os'];
  /** The scripts directory, absolute. */
  readonly scripts: string;
}

/**
 * The variables of a process in an environment: what its activation scripts set, and nothing that is undefined. On
 * Windows the case of names means nothing, so that exactly one of `Path` and `PATH` is left, as it was written first.
 */
export function environmentVariables(
  base: Variables,
  { directory, prompt, os, scripts }: ActiveEnvironment,
): Record<string, string> {
  const isWindows = os === 'nt';
  const is = (name: string, other: string): boolean => (isWindows ? name.toUpperCase() === other : name === other);
  const variables: Record<string, string> = {};
  let pathName: string | undefined;
  let path = '';
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined || REMOVED.some((removed) => is(name, removed))) continue;
    if (!is(name, 'PATH')) variables[name] = value;
    else if (pathName === undefined) [pathName, path] = [name, value];
  }
  const separator = isWindows ? ';' : ':';
  const others = path.split(separator).filter((entry) => entry !== scripts);
  variables[pathName ?? (isWindows ? 'Path' : 'PATH')] = [scripts, ...(path === '' ? [] : others)].join(separator);
  variables.VIRTUAL_ENV = directory;
  variables.VIRTUAL_ENV_PROMPT = prompt === '' ? (directory.split(/[/\\]/).at(-1) ?? '') : prompt;
  return variables;
}

// The first would send Python to another standard library; on macOS the second is taken for its own path.
const REMOVED = ['PYTHONHOME', '__PYVENV_LAUNCHER__', 'VIRTUAL_ENV', 'VIRTUAL_ENV_PROMPT'];
