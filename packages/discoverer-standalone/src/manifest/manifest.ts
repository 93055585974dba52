import { VivariumError } from '@vivarium/core/plugin';
import { type PlatformName, platforms } from './platforms.ts';
import { readVersion } from './version.ts';

/** One build of a Python: facts by which its archive is found and recognized. */
export interface ManifestBuild {
  /** `3.12.16`. */
  readonly version: string;
  /** The date of the build, `20261110`. */
  readonly build: string;
  readonly platform: PlatformName;
  /** Built without the global interpreter lock (PEP 703). */
  readonly freeThreaded?: true;
  /** Where the archive is below a mirror; written as in an address. A list may leave it out where it is as in the releases. */
  readonly path: string;
  /** Of the archive, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Bytes of the archive; missing where no source of facts has it. */
  readonly size?: number;
}

/** The list of builds that can be fetched. */
export interface Manifest {
  readonly format: 1;
  /** The date of the newest build that was looked at, `20261110`. */
  readonly date: string;
  /** The license of what is in the archives (SPDX). */
  readonly license: string;
  /** Where the archives are, in the order in which they are tried. */
  readonly mirrors: readonly string[];
  readonly builds: readonly ManifestBuild[];
}

/**
 * Reads a manifest.
 *
 * @param origin how messages call it
 * @throws VivariumError `PYTHON_MANIFEST_INVALID` with the place in the document
 */
export function readManifest(text: string, origin: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(origin, 'it is not JSON', cause);
  }
  const problem = problemOf(value);
  if (problem !== undefined) throw invalid(origin, problem);
  return withPaths(value as WrittenManifest);
}

/** A manifest as it is written, where archives are called as in the releases unless it says otherwise. */
export type WrittenManifest = Omit<Manifest, 'builds'> & {
  readonly builds: readonly (Omit<ManifestBuild, 'path'> & Partial<Pick<ManifestBuild, 'path'>>)[];
};

/** A manifest with the path of each archive. */
export function withPaths(written: WrittenManifest): Manifest {
  return {
    ...written,
    builds: written.builds.map((build) => ({ ...build, path: build.path ?? pathInReleases(build) })),
  };
}

function pathInReleases({ version, build, platform, freeThreaded }: Omit<ManifestBuild, 'path' | 'sha256'>): string {
  const flavour = `${freeThreaded ? 'freethreaded-' : ''}install_only_stripped`;
  return `${build}/cpython-${version}%2B${build}-${platform}-${flavour}.tar.gz`;
}

/** What keeps a value from being a manifest; `undefined` where it is one. */
export function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is not an object';
  if (value.format !== 1) return `its \`format\` is ${JSON.stringify(value.format)}, and this version knows 1`;
  if (typeof value.date !== 'string' || !DATE.test(value.date)) return '`date` is not a date (20261110)';
  if (typeof value.license !== 'string' || value.license === '') return '`license` is missing';
  const { mirrors, builds } = value;
  if (!Array.isArray(mirrors) || !mirrors.every((mirror) => typeof mirror === 'string')) return '`mirrors` is no list';
  if (!Array.isArray(builds)) return '`builds` is no list';
  const seen = new Set<string>();
  for (const [index, build] of builds.entries()) {
    const problem = problemOfBuild(build);
    if (problem !== undefined) return `\`builds[${index}]\`: ${problem}`;
    const name = buildName(build as ManifestBuild);
    if (seen.has(name)) return `\`builds[${index}]\`: ${name} is listed twice`;
    seen.add(name);
  }
  return undefined;
}

const DATE = /^20\d{6}$/;
const KEYS: readonly string[] = ['version', 'build', 'platform', 'freeThreaded', 'path', 'sha256', 'size'];

function problemOfBuild(build: unknown): string | undefined {
  if (!isObject(build)) return 'it is not an object';
  const unknown = Object.keys(build).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `\`${unknown}\` is not known`;
  const { version, build: date, platform, freeThreaded, path, sha256, size } = build;
  if (typeof version !== 'string' || readVersion(version) === undefined) return '`version` is no version (3.12.1)';
  if (typeof date !== 'string' || !DATE.test(date)) return '`build` is not a date (20261110)';
  if (typeof platform !== 'string' || !Object.hasOwn(platforms, platform)) return '`platform` is not known';
  if (freeThreaded !== undefined && freeThreaded !== true) return '`freeThreaded` is neither true nor missing';
  if (path !== undefined && !(typeof path === 'string' && isSafePath(path))) return '`path` is no relative address';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return '`sha256` is no SHA-256';
  if (size !== undefined && !(Number.isSafeInteger(size) && Number(size) > 0)) return '`size` is no number of bytes';
  return undefined;
}

/** A path that stays below a mirror, whether that is an address or a directory. */
function isSafePath(path: string): boolean {
  if (!/^[\w.%+-]+(?:\/[\w.%+-]+)*$/.test(path)) return false;
  try {
    return decodeURIComponent(path)
      .split('/')
      .every((part) => /^[\w.+-]+$/.test(part) && part !== '.' && part !== '..');
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The directory that a build is installed in: `cpython-3.13.1t-20261110-x86_64-unknown-linux-gnu`. */
export function buildName({ version, freeThreaded, build, platform }: Omit<ManifestBuild, 'path' | 'sha256'>): string {
  return `cpython-${version}${freeThreaded ? 't' : ''}-${build}-${platform}`;
}

/** The error for a manifest that can't be used. */
export function invalid(origin: string, reason: string, cause?: unknown): VivariumError {
  return new VivariumError('PYTHON_MANIFEST_INVALID', `The manifest ${origin} can't be used: ${reason}`, {
    source: '--python-manifest',
    hint: 'Leave the setting out to use the manifest that vivarium brings.',
    ...(cause === undefined ? {} : { cause }),
  });
}
