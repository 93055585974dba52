import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type Applied,
  applyPlan,
  type Cache,
  type Context,
  type CoreSettings,
  coreOptions,
  type Interpreter,
  openCache,
  type Plan,
  planEnvironment,
} from '@vivarium/core/host';
import cpython3 from '@vivarium/creator-cpython-posix';
import cpython2 from '@vivarium/creator-cpython2-posix';
import { probeInterpreter } from '@vivarium/discovery';
import { wheelsDirectory } from '@vivarium/seed-wheels';
import seeder from '@vivarium/seeder-app-data';
import { anyPython, INSTALLED_PYTHONS, sampleOf, wantedPython } from '@vivarium/test-utils/pythons';
import { onTestFinished } from 'vitest';

/** What the seeder is told. */
export type SeederSettings = Parameters<typeof seeder.plan>[0]['settings'];

/** Those that are seeded for: all, or a sample. */
export const PYTHONS: readonly string[] = sampleOf(INSTALLED_PYTHONS).map(({ executable }) => executable);

const preferred = wantedPython('3.12');

/** One of them, 3.12 where it is there: nothing about it is special. */
export const PYTHON: string = (preferred.isMissing ? anyPython() : preferred).executable;

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'seeder-app-data-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface LabContext extends Context {
  readonly warnings: string[];
}

/** The context of a run. */
export function contextWith(cache: Cache): LabContext {
  const warnings: string[] = [];
  return {
    // Nothing may be fetched behind a test's back.
    env: { ...process.env, PIP_NO_INDEX: '1' },
    cwd: '/',
    cache,
    signal: new AbortController().signal,
    warnings,
    warn: (message) => warnings.push(message),
    debug: () => {},
  };
}

/** A run with a cache that no other user uses. */
export function newRun(): LabContext {
  return contextWith(openCache({ directory: join(temporaryDirectory(), 'cache') }));
}

/**
 * Settings as they are when nothing is said, without byte code, with changes. Whether setuptools is a default depends on
 * the Python that there is; a test that is about it says so.
 */
export function settingsWith(changes: Partial<SeederSettings> = {}): SeederSettings {
  const unset = {
    pip: undefined,
    setuptools: undefined,
    wheel: undefined,
    seedPackage: undefined,
    seedWheels: undefined,
    extraSearchDir: undefined,
  };
  const off = {
    noPip: false,
    noSetuptools: changes.setuptools === undefined,
    noWheel: changes.wheel === undefined,
    download: false,
    periodicUpdate: false,
    symlinkAppData: false,
  };
  return { ...unset, ...off, linkMode: 'auto', compileSeeds: 'never', ...changes };
}

/** What an environment is to be. */
export interface EnvironmentRequest {
  readonly python?: string;
  readonly destination: string;
  readonly settings?: Partial<SeederSettings>;
  readonly context: Context;
  readonly clear?: boolean;
}

/** Plans a seeded environment of a real Python: of one that is given, with its own defaults. */
export async function planSeeded(request: EnvironmentRequest): Promise<Plan> {
  const { python = PYTHON, destination, settings, context, clear = false } = request;
  const defaults = request.python === undefined ? {} : { noSetuptools: false, noWheel: false };
  const all = settingsWith({ ...defaults, ...settings });
  return planEnvironment({
    destination,
    interpreter: await probe(python, context),
    creators: [cpython3, cpython2],
    seeder,
    activators: [],
    settings: { ...coreDefaults, clear },
    pluginSettings: (plugin) => (plugin.kind === 'seeder' ? all : {}),
    context,
    tool: { name: 'vivarium', version: '0.0.0' },
  });
}

// Every option declares its default, so that settings are what core means by nothing being said.
const coreDefaults = Object.fromEntries(
  Object.entries(coreOptions).map(([name, option]) => [name, 'default' in option ? option.default : undefined]),
) as CoreSettings;

const probes = new Map<string, Promise<Interpreter>>();

export function probe(python: string, context: Context): Promise<Interpreter> {
  const known = probes.get(python) ?? probeInterpreter(python, context);
  probes.set(python, known);
  return known;
}

/** Makes a seeded environment. */
export async function seed(request: EnvironmentRequest): Promise<{ readonly plan: Plan; readonly applied: Applied }> {
  const plan = await planSeeded(request);
  return { plan, applied: await applyPlan(plan) };
}

/** Runs a program without what the surroundings set for Pythons and pips, and returns what it prints. */
export function run(command: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): string {
  const surroundings = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_)/.test(name));
  const quiet = {
    PIP_CONFIG_FILE: '/dev/null',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INDEX: '1',
  };
  const env = { ...Object.fromEntries(surroundings), ...quiet, ...variables };
  return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Whether the build could fetch the seed wheels. Without them there are those that interpreters bring. */
export const hasSeedWheels: boolean = existsSync(wheelsDirectory);

/** Where pip finds wheels of itself for a Python, and the version that replaces the one that is there. */
export async function otherPip(
  python: string,
  current: string,
): Promise<{ directories: readonly string[]; version: string }> {
  const bundled = join((await probe(python, newRun())).stdlib, 'ensurepip/_bundled');
  const own = existsSync(bundled) ? bundled : '/usr/share/python-wheels';
  const versions = readdirSync(own).flatMap((name) => /^pip-([\d.]+)-/.exec(name)?.[1] ?? []);
  // Older ones can't take links away, and Debian's own finds nothing to take away in a directory that is linked.
  const isDebians = own !== bundled && hasSeedWheels;
  const other = versions.find((version) => version !== current && Number.parseInt(version, 10) >= 20 && !isDebians);
  return { directories: hasSeedWheels ? [own, wheelsDirectory] : [own], version: other ?? current };
}

/** `name==version` of what pip lists. */
export function pipList(destination: string): readonly string[] {
  return run(join(destination, 'bin/python'), ['-m', 'pip', 'list', '--format=freeze']).trim().split('\n').sort();
}

/** Writes files, with the directories above them, and returns the directory that they are in. */
export function fill(
  directory: string,
  files: readonly { readonly file: string; readonly bytes: Uint8Array }[],
): string {
  for (const { file, bytes } of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), bytes);
  }
  return directory;
}

/** Every file below a directory by its path, each with a hash of its contents. Links are not followed. */
export function fingerprint(directory: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(directory.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return found;
}

/** Every file of byte code below a directory, but for that of the creator's own hook. Links are not followed. */
export function byteCode(directory: string): readonly string[] {
  const names = readdirSync(directory, { recursive: true }).map(String);
  return names.filter((name) => /\.py[co]$/.test(name) && !name.includes('_vivarium')).sort();
}

/** Where the packages of an environment are. */
export function sitePackages(destination: string): string {
  const lib = join(destination, 'lib');
  const [python = ''] = readdirSync(lib).filter((name) => name.startsWith('python'));
  return join(lib, python, 'site-packages');
}
