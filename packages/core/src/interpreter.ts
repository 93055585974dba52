/** `alpha`, `beta` and `candidate` are pre-releases; the words are those of Python's `sys.version_info`. */
export type ReleaseLevel = 'alpha' | 'beta' | 'candidate' | 'final';

/** A Python version in the five parts of `sys.version_info`. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
  readonly releaseLevel: ReleaseLevel;
  readonly serial: number;
}

/**
 * Where the interpreter's own scheme puts things below the root of an environment. Every path is relative to that root
 * and is written with `/`, also for Windows.
 */
export interface InstallScheme {
  /** `bin` or `Scripts`. */
  readonly scripts: string;
  /** Pure Python packages, `lib/python3.12/site-packages`. */
  readonly purelib: string;
  /** Packages with extension modules; differs from `purelib` where the system has a `lib64`. */
  readonly platlib: string;
  /** The standard library's directory, `lib/python3.12`. */
  readonly stdlib: string;
  /** Headers, `include` or `Include`. */
  readonly include: string;
}

/** The shared library that an interpreter loads itself from. */
export interface SharedLibrary {
  /** File name, `libpython3.12.so.1.0`. */
  readonly name: string;
  /** Absolute directory where it is. */
  readonly directory: string;
}

/** What decides, besides the interpreter itself, which wheels it can use. */
export interface InterpreterSystem {
  /** Version of the C library, or of macOS. */
  readonly version?: readonly [major: number, minor: number];
  /** `SOABI` of Python's `sysconfig`. */
  readonly soabi?: string;
  /** `platform.machine()`: what the running system calls the machine. */
  readonly platformMachine?: string;
}

/**
 * A probed Python: plain, immutable data that can be written to JSON and read back. All paths are absolute and in the
 * notation of the interpreter's own platform, which need not be that of the host.
 */
export interface Interpreter {
  /** `CPython`, `PyPy`, `GraalPy`, `RustPython`, or what another implementation calls itself. */
  readonly implementation: string;
  /** The version of the language, and of CPython itself. */
  readonly version: PythonVersion;
  /** The implementation's own version where it differs from the language's (PyPy 7.3.16, say). */
  readonly implementationVersion?: PythonVersion;
  /** Python's `sys.platform`: `linux`, `darwin`, `win32`, `cygwin` … */
  readonly platform: string;
  /** Python's `os.name`. It decides the notation of paths and the layout. */
  readonly os: 'posix' | 'nt';
  /** Width of a pointer. */
  readonly bits: 32 | 64;
  /** Machine by the names of Python's platform tags, unified: `x86_64`, `arm64`, `x86`, `ppc64le` … */
  readonly machine: string;
  /** The C library that the interpreter runs on; Linux alone has a choice of them. */
  readonly libc?: 'glibc' | 'musl';
  /** What wheels are chosen by, besides; missing where nothing is known of the system. */
  readonly system?: InterpreterSystem;
  /** Built without the global interpreter lock (PEP 703). */
  readonly isFreeThreaded: boolean;
  /** Built with `Py_DEBUG`. */
  readonly isDebug: boolean;
  /** The executable that was asked for. */
  readonly executable: string;
  /** The executable outside any environment: the one that an environment is based on. */
  readonly systemExecutable: string;
  /** `systemExecutable` with every symbolic link resolved. */
  readonly realExecutable: string;
  /** `sys.prefix` of what was started; differs from `basePrefix` inside an environment. */
  readonly prefix: string;
  readonly basePrefix: string;
  readonly baseExecPrefix: string;
  /** The base's standard library, absolute. */
  readonly stdlib: string;
  /** Where things are below the root of an environment of this interpreter. */
  readonly scheme: InstallScheme;
  /** The shared library that has to go along when the executable is copied. */
  readonly sharedLibrary?: SharedLibrary;
  /** `PYTHONFRAMEWORK`: the name of the framework of a macOS framework build. */
  readonly framework?: string;
  /** `sys.abiflags` (`m`, `t`, `d` …); empty on Windows. */
  readonly abiFlags: string;
  /** `sys.implementation.cache_tag`, which byte code files carry in their names: `cpython-312`. */
  readonly cacheTag?: string;
  /** The interpreter can import `venv`. */
  readonly hasVenv: boolean;
  /** The base is marked as managed by another tool (PEP 668). */
  readonly isExternallyManaged: boolean;
  /**
   * Names of what is in some directories of the base, by absolute directory: those that files may have to be taken from
   * on Windows, of PyPy and of GraalPy. Creators look at no file themselves.
   */
  readonly listings?: Readonly<Record<string, readonly string[]>>;
  /** Tcl and Tk script directories, where Tk would not find them by itself in an environment. */
  readonly tcl?: { readonly tclLibrary: string; readonly tkLibrary: string };
}

const PRE_RELEASE = { alpha: 'a', beta: 'b', candidate: 'rc', final: '' } as const;

/** The version as PEP 440 writes it: `3.12.1`, `3.15.0rc2`. */
export function formatVersion(version: PythonVersion): string {
  const suffix = version.releaseLevel === 'final' ? '' : `${PRE_RELEASE[version.releaseLevel]}${version.serial}`;
  return `${version.major}.${version.minor}.${version.micro}${suffix}`;
}

/** All five parts with dots between them, as `pyvenv.cfg` and the report have it: `3.12.1.final.0`. */
export function formatVersionInfo(version: PythonVersion): string {
  return [version.major, version.minor, version.micro, version.releaseLevel, version.serial].join('.');
}

/** Major and minor: `3.12`. */
export function formatMinorVersion(version: PythonVersion): string {
  return `${version.major}.${version.minor}`;
}

/** Whether `version` is at least `major.minor`. */
export function isAtLeast(version: PythonVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** One word for an interpreter in reports: implementation, full version, `t` and `d`, width of a pointer. */
export function describeInterpreter(interpreter: Interpreter): string {
  const flags = `${interpreter.isFreeThreaded ? 't' : ''}${interpreter.isDebug ? 'd' : ''}`;
  return `${interpreter.implementation}${formatVersionInfo(interpreter.version)}${flags}-${interpreter.bits}`;
}
