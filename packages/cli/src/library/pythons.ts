import { resolve } from 'node:path';
import {
  type Context,
  type Discoverer,
  type FetchMode,
  type Interpreter,
  type Options,
  openConfiguredCache,
  type RunEvent,
  type Settings,
  VivariumError,
} from '@vivarium/core/host';
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
  /**
   * When a Python is fetched: where this machine has none that fits, or before the others are looked at.
   *
   * @default 'never'
   */
  readonly download?: FetchMode | undefined;
  /** Addresses or directories that Pythons are fetched from, in this order, instead of the usual place. */
  readonly mirrors?: readonly (string | URL)[] | undefined;
  /** The address or the file of a newer list of Pythons than the one that comes with vivarium. */
  readonly manifest?: string | URL | undefined;
  /** The directory of the Pythons that vivarium manages. */
  readonly store?: string | URL | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarn?: ((message: string) => void) | undefined;
  readonly onDebug?: ((message: string) => void) | undefined;
  /** Is told how far the search, or a download, is. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
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
    const { builtin, standalone } = discoverers;
    const { interpreter, source } = await findInterpreter({
      specs,
      discoverer: builtin,
      settings: { tryFirstWith: [] },
      others: [{ discoverer: standalone as Discoverer, settings: managedSettings(options) }],
      context,
    });
    return described(interpreter, source);
  });
}

/** What the function of the package does that has this name. */
export async function listPythons(spec?: string, options: PythonSearchOptions = {}): Promise<readonly FoundPython[]> {
  return searching(options, async (context) => {
    const [{ listInterpreters, parseSpec }, { discoverers }] = await Promise.all([
      import('@vivarium/discovery'),
      import('../official/discoverers.ts'),
    ]);
    const found: FoundPython[] = [];
    const others = [{ discoverer: discoverers.standalone as Discoverer, settings: managedSettings(options) }];
    const request = { others, ...(spec === undefined ? {} : { spec: parseSpec(checkSpec(spec)) }) };
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

/** What the discoverer of managed Pythons is asked with. */
function managedSettings({
  download = 'never',
  mirrors,
  manifest,
  store,
  cwd,
}: PythonSearchOptions): Settings<Options> {
  if (!['never', 'missing', 'always'].includes(download)) {
    throw new VivariumError(
      'SETTING_INVALID',
      `\`download\` can't be used: expected never, missing or always, got \`${download}\``,
      {
        source: 'download',
      },
    );
  }
  const base = cwd === undefined ? currentDirectory() : resolve(checkPath(cwd));
  return {
    downloadPython: download,
    pythonMirror: mirrors?.map(String),
    pythonManifest: manifest === undefined ? undefined : String(manifest),
    pythonStore: store === undefined ? undefined : resolve(base, checkPath(store)),
  };
}

/** Does something with the context of a search, whose cache is closed afterwards. */
export async function searching<T>(options: PythonSearchOptions, search: (context: Context) => Promise<T>): Promise<T> {
  const { env = process.env, signal = new AbortController().signal, onWarn, onDebug, onEvent } = options;
  const cwd = options.cwd === undefined ? currentDirectory() : resolve(checkPath(options.cwd));
  const appData = options.appData === undefined ? undefined : resolve(cwd, checkPath(options.appData));
  const warn = (message: string): void => onWarn?.(message);
  const settings = { appData, readOnlyAppData: false, resetAppData: false };
  const cache = openConfiguredCache({ settings, env, warn });
  try {
    return await search({ env, cwd, cache, signal, warn, debug: (message) => onDebug?.(message), emit: onEvent });
  } catch (error) {
    throw signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}
