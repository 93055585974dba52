import { resolve } from 'node:path';
import { type Context, type Interpreter, openConfiguredCache, VivariumError } from '@vivarium/core/host';
import { describePython, type ListedPython, newestFirst } from '../commands/listed-python.ts';
import { currentDirectory } from '../start/cwd.ts';
import { checkPath, checkSpec } from './check-value.ts';

/** Where Pythons are looked for. */
export interface PythonSearchOptions {
  /** The variables to look with. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What relative paths are resolved against. @default process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** The directory of the cache, which remembers what each Python said. */
  readonly appData?: string | URL | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarn?: ((message: string) => void) | undefined;
  readonly onDebug?: ((message: string) => void) | undefined;
}

/** A Python of this machine: what `vivarium pythons --json` prints of one, and the whole of what is known of it. */
export interface FoundPython extends ListedPython {
  readonly interpreter: Interpreter;
}

/** What the function of the package does that has this name. */
export async function findPython(
  spec?: string | URL | readonly (string | URL)[],
  options: PythonSearchOptions = {},
): Promise<FoundPython> {
  const specs = spec === undefined ? [] : Array.isArray(spec) ? spec.map(checkSpec) : [checkSpec(spec)];
  return searching(options, async (context) => {
    const [{ findInterpreter }, { discoverers }] = await Promise.all([
      import('@vivarium/discovery'),
      import('../official/discoverers.ts'),
    ]);
    const { builtin } = discoverers;
    const { interpreter, source } = await findInterpreter({
      specs,
      discoverer: builtin,
      settings: { tryFirstWith: [] },
      context,
    });
    return described(interpreter, source);
  });
}

/** What the function of the package does that has this name. */
export async function listPythons(spec?: string, options: PythonSearchOptions = {}): Promise<readonly FoundPython[]> {
  return searching(options, async (context) => {
    const { listInterpreters, parseSpec } = await import('@vivarium/discovery');
    const found: FoundPython[] = [];
    const request = spec === undefined ? {} : { spec: parseSpec(checkSpec(spec)) };
    for await (const listed of listInterpreters(context, request)) {
      if ('interpreter' in listed) found.push({ ...describePython(listed), interpreter: listed.interpreter });
    }
    return found.sort(newestFirst);
  });
}

function described(interpreter: Interpreter, source: string): FoundPython {
  const isEnvironment = interpreter.prefix !== interpreter.basePrefix;
  const { executable } = interpreter;
  return { ...describePython({ executable, source, interpreter, isEnvironment }), interpreter };
}

/** Does something with the context of a search, whose cache is closed afterwards. */
export async function searching<T>(options: PythonSearchOptions, search: (context: Context) => Promise<T>): Promise<T> {
  const { env = process.env, signal = new AbortController().signal, onWarn, onDebug } = options;
  const cwd = options.cwd === undefined ? currentDirectory() : resolve(checkPath(options.cwd));
  const appData = options.appData === undefined ? undefined : resolve(cwd, checkPath(options.appData));
  const warn = (message: string): void => onWarn?.(message);
  const settings = { appData, readOnlyAppData: false, resetAppData: false };
  const cache = openConfiguredCache({ settings, env, warn });
  try {
    return await search({ env, cwd, cache, signal, warn, debug: (message) => onDebug?.(message) });
  } catch (error) {
    throw signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}
