import type {
  Activator,
  ChoiceOption,
  Creator,
  coreOptions,
  Discoverer,
  FetchMode,
  Option,
  Options,
  PluginKind,
  RunEvent,
  Seeder,
} from '@vivarium/core/host';
import type { discoverers } from '../official/discoverers.ts';
import type { seeders } from '../official/seeders.ts';

/** What a setting of each type is set to by a caller. An option of a new type does not compile without a row here. */
interface CallValues {
  boolean: boolean;
  count: number;
  string: string;
  path: string | URL;
  list: readonly string[];
  specs: readonly (string | URL)[];
  paths: readonly (string | URL)[];
  choice: string;
}

type CallValue<O extends Option> = O extends ChoiceOption<infer Choice> ? Choice : CallValues[O['type']];

type CallSettings<O extends Options> = { readonly [Name in keyof O]?: CallValue<O[Name]> | undefined };

/** Settings that a caller gives in another form than the command line does. */
export interface OwnForms {
  /**
   * Specs or paths, in order of preference: `'3.12'`, `'>=3.9,<3.13'`, `'/usr/bin/python3'`.
   *
   * @default the Python that `python3` is
   */
  readonly python?: string | URL | readonly (string | URL)[] | undefined;
  /** A name or a plugin. */
  readonly discovery?: string | Discoverer | undefined;
  /**
   * When a Python is fetched: where this machine has none that fits, or before the others are looked at. The setting
   * `downloadPython` of the discoverer; its others are in `pluginSettings`.
   *
   * @default 'never'
   */
  readonly downloadPython?: FetchMode | undefined;
  /** A name or a plugin. @default the first official one that supports the interpreter */
  readonly creator?: string | Creator | undefined;
  /** A name or a plugin; `false` installs no packages. @default 'app-data' */
  readonly seeder?: string | Seeder | false | undefined;
  /** Names or plugins. @default all official ones that support the interpreter */
  readonly activators?: readonly (string | Activator)[] | undefined;
}

/** Core settings that a caller gives by another option: `noSeed` is `seeder: false`. */
type ReplacedSetting = 'noSeed';

/** The names of the core settings that a caller gives as they are declared. */
export type DeclaredName = Exclude<keyof typeof coreOptions, keyof OwnForms | ReplacedSetting>;

type DeclaredSettings = Pick<CallSettings<typeof coreOptions>, DeclaredName>;

/** What the call is about, and what it takes from the process. */
export interface CallOptions {
  /** The environment's directory; a relative path is resolved against `cwd`. */
  readonly destination: string | URL;
  /** Settings of the selected plugins: `{ pip: '24.0', linkMode: 'copy' }`. */
  readonly pluginSettings?: PluginSettings | undefined;
  /**
   * The directory with the wheels that come with vivarium, for programs that bundle it: what `vivarium seed-wheels export`
   * has written, shipped with the program. A relative path is resolved against `cwd`.
   */
  readonly seedWheels?: string | URL | undefined;
  /** A file to write a bill of materials to (CycloneDX 1.6, JSON); a relative path is resolved against `cwd`. */
  readonly sbom?: string | URL | undefined;
  /** Whether variables (`VIVARIUM_…`) and configuration files count too, as they do for the command. @default false */
  readonly readConfiguration?: boolean | undefined;
  /** The variables to look for interpreters with and to give to processes. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** @default process.cwd() */
  readonly cwd?: string | URL | undefined;
  /** Aborting it removes what was created; the promise rejects with an `AbortError` whose code is `INTERRUPTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far the call is, as data. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Is told of warnings, one sentence at a time. */
  readonly onWarn?: ((message: string) => void) | undefined;
  /** Is told what is being done. */
  readonly onDebug?: ((message: string) => void) | undefined;
}

/**
 * Options of {@link createEnvironment} and {@link planEnvironment}. Settings have the names and meanings that the command
 * has, in camel case: they are derived from the same declarations, and listed in `docs/reference/library.md`.
 */
export interface EnvironmentOptions extends CallOptions, OwnForms, DeclaredSettings {}

/** What {@link lockPackages} is called with. */
export interface LockOptions
  extends Pick<
      EnvironmentOptions,
      'requirements' | 'with' | 'resolver' | 'allowBuild' | 'python' | 'appData' | 'readOnlyAppData' | 'resetAppData'
    >,
    Pick<CallOptions, 'readConfiguration' | 'env' | 'cwd' | 'signal' | 'onWarn' | 'onDebug'> {
  /** The name of the plugin that finds the interpreter. */
  readonly discovery?: string | undefined;
}

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

type DeclaredBy<Plugins extends object> = Plugins[keyof Plugins] extends infer Each
  ? Each extends { readonly kind: PluginKind; readonly options?: infer O }
    ? Extract<O, Options>
    : never
  : never;

type OfficialOptions = Intersection<DeclaredBy<typeof discoverers> | DeclaredBy<typeof seeders>>;

/** Settings that plugins declare: those of the official ones by their types, others by their names. */
export type PluginSettings = CallSettings<OfficialOptions> & Readonly<Record<string, PluginSettingValue | undefined>>;

/** What a setting of a plugin can be set to. */
export type PluginSettingValue = boolean | number | string | URL | readonly (string | URL)[];
