import type { PythonVersion, ReleaseLevel } from '@vivarium/core/plugin';

/** What an interpreter says of itself, as `probe.py` writes it. */
export interface Answer {
  readonly implementation: string;
  readonly version: PythonVersion;
  readonly implementationVersion?: PythonVersion;
  readonly platform: string;
  readonly os: 'posix' | 'nt';
  readonly bits: 32 | 64;
  /** `sysconfig.get_platform()`: `linux-x86_64`, `macosx-11.0-universal2`, `win-amd64`. */
  readonly buildPlatform: string;
  /** What the running system calls the machine. */
  readonly systemMachine?: string;
  readonly libc?: 'glibc' | 'musl';
  /** Of the C library, or of macOS. */
  readonly systemVersion?: readonly [major: number, minor: number];
  readonly soabi?: string;
  readonly isFreeThreaded: boolean;
  readonly isDebug: boolean;
  readonly executable?: string;
  /** `sys._base_executable`, which newer versions have. */
  readonly baseExecutable?: string;
  /** The file that the process runs, links followed, where the system tells (Linux, proc(5)). */
  readonly runningFile?: string;
  readonly prefix: string;
  readonly basePrefix: string;
  readonly baseExecPrefix: string;
  readonly stdlib: string;
  readonly scheme: Readonly<Record<'scripts' | 'purelib' | 'platlib' | 'stdlib' | 'include', string>>;
  readonly sharedLibrary?: readonly [name: string, directory: string];
  readonly framework?: string;
  readonly abiFlags: string;
  readonly cacheTag?: string;
  readonly hasVenv: boolean;
  readonly isExternallyManaged: boolean;
  readonly listings: readonly Listing[];
  readonly tcl?: readonly [tclLibrary: string, tkLibrary: string];
}

/** A directory and the names of what is in it. */
type Listing = readonly [directory: string, names: readonly string[]];

/**
 * Reads the document of `probe.py`.
 *
 * @throws Error with a clause that says which part is not as it has to be
 */
export function readAnswer(document: string): Answer {
  const parsed: unknown = JSON.parse(document);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('the answer is not an object');
  const raw = parsed as Readonly<Record<string, unknown>>;
  const part = <T>(key: string, check: (value: unknown) => value is T): T => {
    const value = raw[key];
    if (!check(value)) throw new Error(`\`${key}\` is ${JSON.stringify(value)?.slice(0, 100)}`);
    return value;
  };
  const optional = <T>(key: string, check: (value: unknown) => value is T): T | undefined =>
    raw[key] === null ? undefined : part(key, check);
  const prefix = part('prefix', isPath);
  const basePrefix = part('base_prefix', isPath);
  const scheme = part('scheme', isScheme);
  // Old releases of virtualenv lead an environment's schemes to the base; the scheme that counts is the base's own.
  if (prefix === basePrefix && !Object.values(scheme).every(isInside)) {
    throw new Error(`\`scheme\` leads outside: ${JSON.stringify(scheme)}`);
  }
  return withoutGaps({
    implementation: part('implementation', isText),
    version: versionOf(part('version', isVersion)),
    implementationVersion: optionalVersion(optional('implementation_version', isVersion)),
    platform: part('platform', isText),
    os: part('os', isOs),
    bits: part('bits', isBits),
    buildPlatform: part('build_platform', isText),
    systemMachine: optional('system_machine', isText),
    libc: optional('libc', isLibc),
    systemVersion: optional('system_version', isNumberPair),
    soabi: optional('soabi', isText),
    isFreeThreaded: part('is_free_threaded', isBoolean),
    isDebug: part('is_debug', isBoolean),
    executable: optional('executable', isPath),
    baseExecutable: optional('base_executable', isPath),
    // What can't be written from here can't be started either; the executable itself may be reached by another name.
    runningFile: isPath(raw.running_file) ? raw.running_file : undefined,
    prefix,
    basePrefix,
    baseExecPrefix: part('base_exec_prefix', isPath),
    stdlib: part('stdlib', isPath),
    scheme,
    sharedLibrary: optional('shared_library', isPair),
    framework: optional('framework', isText),
    abiFlags: part('abi_flags', isText),
    cacheTag: optional('cache_tag', isText),
    hasVenv: part('has_venv', isBoolean),
    isExternallyManaged: part('is_externally_managed', isBoolean),
    listings: part('listings', areListings),
    tcl: optional('tcl', isPair),
  }) as Answer;
}

type RawVersion = readonly [number, number, number, ReleaseLevel, number];

function versionOf([major, minor, micro, releaseLevel, serial]: RawVersion): PythonVersion {
  return { major, minor, micro, releaseLevel, serial };
}

function optionalVersion(raw: RawVersion | undefined): PythonVersion | undefined {
  return raw === undefined ? undefined : versionOf(raw);
}

function withoutGaps<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

const LEVELS: readonly unknown[] = ['alpha', 'beta', 'candidate', 'final'];
const SCHEME_KEYS = ['scripts', 'purelib', 'platlib', 'stdlib', 'include'] as const;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
function isOs(value: unknown): value is 'posix' | 'nt' {
  return value === 'posix' || value === 'nt';
}
function isLibc(value: unknown): value is 'glibc' | 'musl' {
  return value === 'glibc' || value === 'musl';
}
function isBits(value: unknown): value is 32 | 64 {
  return value === 32 || value === 64;
}
function isVersion(value: unknown): value is RawVersion {
  if (!Array.isArray(value) || value.length !== 5 || !LEVELS.includes(value[3])) return false;
  return [0, 1, 2, 4].every((index) => Number.isInteger(value[index]));
}
function isPair(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every(isPath);
}
function isNumberPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isInteger);
}
function areListings(value: unknown): value is readonly Listing[] {
  return Array.isArray(value) && value.every(isListing);
}
function isListing(value: unknown): value is Listing {
  return (
    Array.isArray(value) && value.length === 2 && isText(value[0]) && Array.isArray(value[1]) && value[1].every(isText)
  );
}
function isScheme(value: unknown): value is Answer['scheme'] {
  if (typeof value !== 'object' || value === null) return false;
  return SCHEME_KEYS.every((key) => isPath((value as Readonly<Record<string, unknown>>)[key]));
}

function isInside(path: string): boolean {
  return path !== '.' && path.split('/')[0] !== '..';
}

// Half of a surrogate pair stands for a byte that is not UTF-8: such a path can't be written from here.
function isPath(value: unknown): value is string {
  return isText(value) && value !== '' && !/[\0\ufffd]|\p{Surrogate}/u.test(value);
}
