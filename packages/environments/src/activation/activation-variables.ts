import { posix, win32 } from 'node:path';

/** What {@link activationVariables} has to know of an environment. */
export interface ActivatedEnvironment {
  /** Absolute, in the notation of its platform. */
  readonly directory: string;
  /** The directory of the scripts, relative to the environment, with `/`: `bin`, `Scripts`. */
  readonly scripts: string;
  readonly os: 'posix' | 'nt';
  /** What the prompt shows; the name of the directory where it is missing. */
  readonly prompt?: string | undefined;
  /** The script directories of Tcl and Tk, where Tk would not find them by itself. */
  readonly tcl?: { readonly tclLibrary: string; readonly tkLibrary: string } | undefined;
}

/** Variables by name, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What activation changes: the variables that it sets, and with `undefined` those that it unsets. Spread over `env` they
 * are the variables of a process in the environment. The environment that was active before loses its place in `PATH` and
 * `PKG_CONFIG_PATH`, as it does when the scripts activate one after another.
 *
 * @param env the variables of the process that activates
 */
export function activationVariables(environment: ActivatedEnvironment, env: Variables): Variables {
  const { directory, scripts, os, prompt, tcl } = environment;
  const { join, basename } = os === 'nt' ? win32 : posix;
  const previous = env[nameIn(env, 'VIRTUAL_ENV', os)];
  const roots = [directory, ...(previous ? [previous] : [])];
  const path = nameIn(env, 'PATH', os);
  const first = (variable: string, below: string): string =>
    withFirst(env[variable], { os, entry: join(directory, below), without: roots.map((root) => join(root, below)) });
  return {
    VIRTUAL_ENV: directory,
    VIRTUAL_ENV_PROMPT: prompt || basename(directory),
    [path]: first(path, scripts),
    PKG_CONFIG_PATH: first('PKG_CONFIG_PATH', 'lib/pkgconfig'),
    ...(tcl === undefined ? {} : { TCL_LIBRARY: tcl.tclLibrary, TK_LIBRARY: tcl.tkLibrary }),
    [nameIn(env, 'PYTHONHOME', os)]: undefined,
  };
}

/** The names of variables on Windows have no case: `Path` is the one that processes look at there. */
function nameIn(env: Variables, name: string, os: 'posix' | 'nt'): string {
  if (os === 'posix') return name;
  return Object.keys(env).find((each) => each.toUpperCase() === name) ?? name;
}

interface Entry {
  readonly os: 'posix' | 'nt';
  readonly entry: string;
  /** Entries that are taken out. */
  readonly without: readonly string[];
}

function withFirst(list: string | undefined, { os, entry, without }: Entry): string {
  const { delimiter, sep } = os === 'nt' ? win32 : posix;
  if (!list) return entry;
  const plain = (path: string): string => {
    const text = path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path;
    return os === 'nt' ? text.toLowerCase() : text;
  };
  const gone = new Set(without.map(plain));
  // An empty entry of PATH means the cwd, and stays.
  const kept = list.split(delimiter).filter((each) => !gone.has(plain(each)));
  return [entry, ...kept].join(delimiter);
}
