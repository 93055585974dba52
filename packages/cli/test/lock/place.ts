import { createHash } from 'node:crypto';
import { type Dirent, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyPython } from '@vivarium/test-utils/pythons';
import { createEnvironment, type EnvironmentOptions, ensureEnvironment } from 'vivarium';
import { testDirectory } from '../directory.ts';

/** A wheel as a file. */
export interface WheelFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A package of a lock: of a wheel that is next to it. */
export interface Entry {
  readonly name: string;
  readonly version: string;
  readonly wheel: WheelFile;
  /** Lines of TOML in the entry of the package. */
  readonly more?: string;
  /** Instead of the one true SHA-256. */
  readonly hashes?: string;
  /** Lines of TOML in the entry of the wheel. */
  readonly ofWheel?: string;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The text of a lock. */
export function lockText(entries: readonly Entry[], head = ''): string {
  return `lock-version = "1.0"
created-by = "test"
${head}
${entries.length === 0 ? 'packages = []' : ''}
${entries
  .map(
    ({ name, version, wheel, more = '', hashes, ofWheel = '' }) => `[[packages]]
name = "${name}"
version = "${version}"
${more}
[[packages.wheels]]
name = "${wheel.file}"
path = "wheels/${wheel.file}"
${hashes === '' ? '' : `hashes = ${hashes ?? `{ sha256 = "${sha256(wheel.bytes)}" }`}`}
${ofWheel}
`,
  )
  .join('\n')}`;
}

/** A directory with a cache of its own, in which locks are written and installed. */
export function openPlace() {
  const directory = testDirectory();
  mkdirSync(join(directory, 'wheels'));
  const warnings: string[] = [];
  const defaults: EnvironmentOptions & { readonly destination: string } = {
    destination: 'env',
    cwd: directory,
    appData: join(directory, 'cache'),
    python: anyPython().executable,
    seeder: false,
    activators: [],
    lock: 'pylock.toml',
    pluginSettings: { compileSeeds: 'never' },
    // Nothing is fetched by a test.
    env: { ...process.env, PIP_NO_INDEX: '1' },
    onWarn: (message) => warnings.push(message),
  };

  return {
    directory,
    warnings,
    write(text: string, wheels: readonly WheelFile[], file = 'pylock.toml'): void {
      for (const wheel of wheels) writeFileSync(join(directory, 'wheels', wheel.file), wheel.bytes);
      writeFileSync(join(directory, file), text);
    },
    create: (options: Partial<EnvironmentOptions> = {}) => createEnvironment({ ...defaults, ...options }),
    ensure: (options: Partial<EnvironmentOptions> = {}) => ensureEnvironment({ ...defaults, ...options }),
  };
}

/** Everything below a directory with its content, to compare. */
export function contentOf(directory: string): ReadonlyMap<string, string> {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true }) as Dirent[];
  return new Map(
    entries
      .map((entry) => [join(entry.parentPath, entry.name), entry] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, entry]) => [path, entry.isFile() ? sha256(readFileSync(path)) : 'other']),
  );
}
