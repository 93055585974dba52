import { copyFileSync, createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, type Interpreter, type PackageToInstall, VivariumError } from '@vivarium/core/host';
import { fingerprint } from '@vivarium/core/internal';
import { compareVersions, normalizeName, parseVersion, parseWheelFileName } from '@vivarium/packaging';
import { LockError, type LockedFile, openVerifier } from '@vivarium/pylock';
import { fetchFiles, type PipRequirement } from '@vivarium/wheel-resolver/fetching';
import { withoutCredentials } from './credentials.ts';
import { checkKnown, type Digests, digestsOf, isCovered, type KnownFile } from './digests.ts';

/** A wheel that a lock names, or one of several that a requirement stands for. */
export type WantedFile =
  | { readonly name: string; readonly kind: 'wheel'; readonly file: LockedFile }
  | {
      readonly name: string;
      readonly kind: 'index';
      readonly version: string;
      readonly hashes: readonly { readonly algorithm: string; readonly digest: string }[];
    };

/** A wheel that is in the cache. */
interface SuppliedFile {
  /** File name. */
  readonly wheel: string;
  readonly sha256: string;
  /** Where it comes from, as the lock says it. */
  readonly origin: string;
}

/** Where wheels come from. */
export interface SupplyRequest {
  readonly interpreter: Interpreter;
  readonly tags: readonly string[];
  /** What paths of the lock are relative to. */
  readonly directory: string;
  readonly isOffline: boolean;
  readonly context: Context;
}

/** Finds wheels: in the cache by hash, else at the `path` of the lock, else by pip at its `url` or on the index. */
export interface Supply {
  /**
   * Makes sure that all wheels are there and are what the lock says: size, and every hash that is known.
   *
   * @returns by the names of packages
   * @throws VivariumError `PACKAGE_NOT_AVAILABLE`, `DOWNLOAD_FAILED`; LockError `LOCK_SIZE`, `LOCK_HASH`
   */
  identify(wanted: readonly WantedFile[]): Promise<ReadonlyMap<string, SuppliedFile>>;
  /** Absolute paths of wheels that were identified. */
  find(packages: readonly PackageToInstall[]): Promise<readonly string[]>;
}

/** The directory of the cache that holds wheels by their SHA-256, each with its digests. */
const LOCKED = 'locked/1';
const DIGESTS = 'digests.json';

/** Opens the supply for one environment. */
export function openSupply({ interpreter, tags, directory, isOffline, context }: SupplyRequest): Supply {
  const { cache } = context;
  const paths = new Map<string, string>();

  return {
    async identify(wanted) {
      const found = new Map<string, SuppliedFile>();
      const missing: WantedFile[] = [];
      for (const one of wanted) {
        const known = readKnown(one);
        if (known === undefined) missing.push(one);
        else found.set(one.name, await accept(one, known));
      }
      const local = missing.map((one) => ({ one, path: localPath(one) }));
      const remote = local.flatMap(({ one, path }) => (path === undefined ? [one] : []));
      if (remote.length > 0) assertMayFetch(remote);
      for (const { one, path } of local) if (path !== undefined) found.set(one.name, await keep(one, path));
      if (remote.length > 0) for (const [name, file] of await fetchAll(remote)) found.set(name, file);
      return found;
    },
    async find(packages) {
      return packages.map(({ sha256, wheel, path }) => path ?? paths.get(sha256) ?? pathIn(sha256, wheel));
    },
  };

  function pathIn(sha256: string, wheel: string): string {
    return join(cache.directory, LOCKED, sha256, wheel);
  }

  /** What the cache knows of a file: that it is there, and what it is. */
  function readKnown(one: WantedFile): KnownFile | undefined {
    const sha256 = one.kind === 'wheel' ? (one.file.hashes.sha256 ?? recall(one)) : recall(one);
    const text = sha256 === undefined ? undefined : cache.readText(`${LOCKED}/${sha256}/${DIGESTS}`);
    if (sha256 === undefined || text === undefined) return undefined;
    const digests = JSON.parse(text) as Digests;
    return existsSync(pathIn(sha256, digests.file)) ? { sha256, digests } : undefined;
  }

  async function accept(one: WantedFile, known: KnownFile): Promise<SuppliedFile> {
    const { sha256, digests } = known;
    if (one.kind === 'wheel') {
      if (isCovered(one.file, digests)) checkKnown(one.file, digests);
      else await verify(one, pathIn(sha256, digests.file));
      if (digests.file === one.file.name) return { wheel: digests.file, sha256, origin: originOf(one) };
      // The same content by another name: what a wheel's name says of tags and build counts.
      const { path } = await cache.getDirectory(`${LOCKED}/${sha256}-${fingerprint(one.file.name)}`, (staging) =>
        copyFileSync(pathIn(sha256, digests.file), join(staging, one.file.name)),
      );
      paths.set(sha256, join(path, one.file.name));
      return { wheel: one.file.name, sha256, origin: originOf(one) };
    }
    return { wheel: digests.file, sha256, origin: originOf(one) };
  }

  function localPath(one: WantedFile): string | undefined {
    if (one.kind !== 'wheel') return undefined;
    const { path, url } = one.file;
    const own = path === undefined ? undefined : resolve(directory, path);
    if (own !== undefined && existsSync(own)) return own;
    return url !== undefined && /^file:/i.test(url) ? fileURLToPath(url.replace(/[?#].*$/s, '')) : undefined;
  }

  function assertMayFetch(remote: readonly WantedFile[]): void {
    const gone = remote.filter((one) => one.kind === 'wheel' && one.file.url === undefined);
    const [first] = gone;
    if (first?.kind === 'wheel') {
      throw notAvailable(`${first.file.name} is not at ${resolve(directory, first.file.path ?? '')}`);
    }
    if (!isOffline) return;
    const names = remote.map((one) => (one.kind === 'wheel' ? one.file.name : `${one.name}==${one.version}`));
    throw notAvailable(
      `Nothing may be fetched (--offline), and ${names.length === 1 ? 'this file is' : `these ${names.length} files are`} not in the cache: ${names.join(', ')}`,
    );
  }

  async function fetchAll(remote: readonly WantedFile[]): Promise<ReadonlyMap<string, SuppliedFile>> {
    const target = mkdtempSync(join(tmpdir(), 'vivarium-fetch-'));
    try {
      const requirements = remote.map(asRequirement);
      const directories = await fetchFiles({ requirements, interpreter, context, target });
      const files = directories.flatMap((each) => readdirSync(each).map((file) => join(each, file)));
      const found = new Map<string, SuppliedFile>();
      for (const one of remote) {
        const path = files.find((file) => isFileOf(one, basename(file)));
        if (path === undefined) throw new VivariumError('DOWNLOAD_FAILED', `pip gave no wheel of ${one.name}`);
        found.set(one.name, await keep(one, path));
      }
      return found;
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  }

  /** Checks a file, and puts it into the cache. */
  async function keep(one: WantedFile, path: string): Promise<SuppliedFile> {
    const digests = await verify(one, path);
    const file = one.kind === 'wheel' ? one.file.name : basename(path);
    const { sha256 = '' } = digests.hashes;
    const entry = await cache.getDirectory(`${LOCKED}/${sha256}`, (staging) => {
      copyFileSync(path, join(staging, file));
      writeFileSync(join(staging, DIGESTS), JSON.stringify({ ...digests, file }));
    });
    remember(one, sha256);
    const known = { sha256, digests: { ...digests, file } };
    if (entry.isTemporary) {
      paths.set(sha256, join(entry.path, file));
      return { wheel: file, sha256, origin: originOf(one) };
    }
    // Another lock may have named the same content otherwise, and have been first.
    return accept(one, readKnown(one) ?? known);
  }

  async function verify(one: WantedFile, path: string): Promise<Omit<Digests, 'file'>> {
    const expected = one.kind === 'wheel' ? one.file : { name: `${one.name}==${one.version}`, hashes: one.hashes };
    const verifier = openVerifier(expected);
    const digests = digestsOf(one.kind === 'wheel' ? Object.keys(one.file.hashes) : []);
    try {
      for await (const chunk of createReadStream(path, { signal: context.signal })) {
        verifier.update(chunk as Buffer);
        digests.update(chunk as Buffer);
      }
    } catch (error) {
      if (error instanceof LockError || context.signal.aborted) throw error;
      throw notAvailable(`${path} can't be read`, error);
    }
    verifier.finish();
    return digests.finish();
  }

  // A hash of another kind than SHA-256, or a requirement, names a wheel that was looked at before.
  function recall(one: WantedFile): string | undefined {
    const sha256 = cache.readText(recollection(one));
    return sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined;
  }

  function remember(one: WantedFile, sha256: string): void {
    if (one.kind === 'wheel' && one.file.hashes.sha256 !== undefined) return;
    if (recall(one) !== sha256) cache.writeText(recollection(one), sha256);
  }

  function recollection(one: WantedFile): string {
    const known = one.kind === 'wheel' ? one.file.hashes : [one.version, tags, one.hashes];
    return `recalled/1/${one.name}-${fingerprint(JSON.stringify(known))}`;
  }
}

function asRequirement(one: WantedFile): PipRequirement {
  const { name } = one;
  if (one.kind === 'index') {
    const hashes = one.hashes.map(({ algorithm, digest }) => ` --hash=${algorithm}:${digest}`);
    return { name, line: `${name}==${one.version}${hashes.join('')}` };
  }
  const { url = '', hashes } = one.file;
  const { href, protocol } = new URL(url.replace(/#.*$/s, ''));
  if (protocol !== 'http:' && protocol !== 'https:')
    throw notAvailable(`${withoutCredentials(url)} is not an address that can be fetched`);
  // pip puts variables in place of \${NAME}.
  const address = href.replaceAll('$', '%24');
  return { name, line: hashes.sha256 === undefined ? address : `${address}#sha256=${hashes.sha256}` };
}

function isFileOf(one: WantedFile, file: string): boolean {
  if (one.kind === 'wheel') {
    const last = decodeURIComponent(new URL(one.file.url ?? '').pathname.split('/').at(-1) ?? '');
    return file === last || file === one.file.name;
  }
  try {
    const { name, version } = parseWheelFileName(file);
    return name === normalizeName(one.name) && compareVersions(version, parseVersion(one.version)) === 0;
  } catch {
    return false;
  }
}

function originOf(one: WantedFile): string {
  if (one.kind === 'index') return 'index';
  const { url, path, name } = one.file;
  return url === undefined ? (path ?? name) : withoutCredentials(url);
}

function notAvailable(message: string, cause?: unknown): VivariumError {
  return new VivariumError('PACKAGE_NOT_AVAILABLE', message, {
    cause,
    hint: 'Run once without --offline, or put the file where the lock says.',
  });
}
