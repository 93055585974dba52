import type { FindingCode } from '../findings/table.ts';

/** The programs that create environments, and those that keep environments which another program has created. */
export type ToolName =
  | 'vivarium'
  | 'virtualenv'
  | 'venv'
  | 'uv'
  | 'conda'
  | 'poetry'
  | 'pdm'
  | 'hatch'
  | 'pipx'
  | 'pipenv'
  | 'unknown';

/** Who created an environment. */
export interface CreatedBy {
  /** The program that wrote it, by its `pyvenv.cfg`: `virtualenv`. */
  readonly tool: ToolName;
  /** The version of that program, where the environment records it. */
  readonly version?: string;
  /** The program that keeps it, where that is another one: `poetry`, `pipx`. */
  readonly manager?: ToolName;
}

/** A `.venv` file that names an environment elsewhere (draft PEP 832). */
export interface Redirect {
  /** The file, absolute. */
  readonly file: string;
  /** The environment that it names, absolute. */
  readonly target: string;
}

/** Where things are in an environment, by what is there: relative to its root, written with `/`. */
export interface FoundLayout {
  /** Whose layout it is: `nt` has `Scripts`, `posix` has `bin`. */
  readonly os: 'posix' | 'nt';
  /** The directory of commands. */
  readonly scripts: string;
  /** The interpreter to start; it need not exist. */
  readonly executable: string;
  /** Directories of packages that exist, the one of the environment's Python first. */
  readonly sitePackages: readonly string[];
}

/** The Python of an environment as `pyvenv.cfg` records it; what another tool does not record is missing. */
export interface RecordedPython {
  /** The directory of the base's executable. */
  readonly home?: string;
  /** The base's executable, absolute. */
  readonly executable?: string;
  readonly implementation?: string;
  /** `3.12`, or with its patch number `3.12.1`. */
  readonly version?: string;
}

/** What can be said of an executable's state without starting it. */
export type ExecutableState = 'ok' | 'missing' | 'dangling' | 'loop' | 'notFile' | 'notExecutable' | 'notReadable';

/** The Python of an environment as it is found: by links, files and the headers of executables. Nothing is started. */
export interface FoundPython {
  /** The executable in the environment, absolute. */
  readonly executable: string;
  readonly state: ExecutableState;
  /** What each link says, from the executable in the environment on; absolute. Empty where it is not a link. */
  readonly links: readonly string[];
  /** The file that is started, with every link resolved. */
  readonly realExecutable?: string;
  /** Version of the base's standard library and headers: `3.12`, or with its patch number where that can be read. */
  readonly version?: string;
  /** `CPython`, `PyPy` … where the base shows it. */
  readonly implementation?: string;
  /** What the executable is built for, by its header. */
  readonly binary?: Binary;
}

/** What an executable or an extension module is built for, by its header. */
export interface Binary {
  readonly format: 'elf' | 'mach-o' | 'pe' | 'script';
  /** By the names of Python's platform tags: `x86_64`, `arm64`, `x86`. Missing for another machine, or for several. */
  readonly machine?: string;
  /** The C library that the program interpreter of an ELF file is of. */
  readonly libc?: 'glibc' | 'musl';
  /** The program interpreter of an ELF file, absolute: without it the system can't start it. */
  readonly loader?: string;
}

/** The Python that an environment is based on. */
export interface FoundBase {
  /** Its `home`, absolute. */
  readonly directory?: string;
  /** Whether `directory` is there. */
  readonly exists: boolean;
  /** `sys.prefix` of the base, as far as its directories show it. */
  readonly prefix?: string;
}

/** An installed distribution, by its `.dist-info` or `.egg-info`. */
export interface Distribution {
  /** As the name of the directory has it. */
  readonly name: string;
  readonly version: string;
  /** The metadata directory (or file), relative to the environment, written with `/`. */
  readonly path: string;
  /** What `INSTALLER` says: `pip`, `uv`. */
  readonly installer?: string;
  /** Where an editable installation or one from a URL comes from (PEP 610). */
  readonly url?: string;
  readonly isEditable: boolean;
}

/** Something that runs, or changes `sys.path`, whenever the Python starts. */
export interface StartUpHook {
  /** Relative to the environment, written with `/`. */
  readonly file: string;
  /** `import` lines of a `.pth` file, entry points of a `.start` file (PEP 829), paths of a `.pth` file. */
  readonly kind: 'import' | 'start' | 'path' | 'module';
  /** The line, without line break; cut after 200 characters. */
  readonly line: string;
}

/** Bytes on disk. */
export interface Size {
  /** What would be free again if the environment were removed. */
  readonly ownBytes: number;
  /** What it shares with the cache or other environments by hard links; each file once. */
  readonly sharedBytes: number;
  readonly files: number;
  /** Whether the count was cut short, since there is more than is looked at. */
  readonly isPartial: boolean;
}

/** Something that keeps an environment from working, or from being one. Codes are those of the findings. */
export interface Problem {
  readonly code: FindingCode;
  /** One sentence with the values. */
  readonly message: string;
}

/** What an environment is, by what is on disk. */
export interface Inspection {
  /** As it was asked for, absolute. */
  readonly path: string;
  /** The environment: `path`, or what a redirect there names. It need not exist where a redirect names it. */
  readonly directory: string;
  readonly redirect?: Redirect;
  readonly createdBy: CreatedBy;
  /** The name that the prompt shows, where it is recorded. */
  readonly prompt?: string;
  readonly systemSitePackages: boolean;
  readonly layout: FoundLayout;
  readonly recorded: RecordedPython;
  readonly python: FoundPython;
  readonly base: FoundBase;
  readonly distributions: readonly Distribution[];
  /** Normalized names of those distributions that environments are created with: pip, setuptools, wheel. */
  readonly seeds: readonly string[];
  readonly startUp: readonly StartUpHook[];
  /** Only if it was asked for. */
  readonly size?: Size;
  /** Whether nothing is missing that every environment has. */
  readonly isComplete: boolean;
  /** Why it is not complete. */
  readonly problems: readonly Problem[];
}
