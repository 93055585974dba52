import { existsSync, realpathSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withClaim } from '@vivarium/core/internal';
import { type Context, messageOf, VivariumError } from '@vivarium/core/plugin';
import { fetchArchive } from '../download/fetch-archive.ts';
import type { Patience } from '../download/http.ts';
import { buildName, type Manifest, type ManifestBuild } from '../manifest/manifest.ts';
import type { ManagedSettings } from '../options.ts';
import { type InstalledBuild, listBuilds } from '../store/builds.ts';
import { createStore, notWritable } from '../store/directory.ts';
import { clearRemoved, clearUnpacked, DOWNLOADS, unpackingName } from '../store/leftovers.ts';
import { updateMinorLink } from '../store/minor-link.ts';
import { type Receipt, readReceipt, writeReceipt } from '../store/receipt.ts';
import { archiveError } from '../unpack/archive-error.ts';
import { unpack } from '../unpack/unpack.ts';
import { patchCertificates } from './certificates.ts';
import { patch } from './patch.ts';
import { standardLibraryOf } from './standard-library.ts';
import { start } from './start.ts';
import { warnOfSystem } from './warn-of-system.ts';

/** A build to install. */
export interface InstallRequest {
  readonly build: ManifestBuild;
  readonly manifest: Pick<Manifest, 'mirrors' | 'license'>;
  readonly settings: ManagedSettings;
  readonly context: Context;
  readonly patience?: Patience | undefined;
}

/** A managed Python, and whether it was not there before. */
export interface Installed {
  readonly installed: InstalledBuild;
  readonly isNew: boolean;
}

/**
 * Installs a build: fetches its archive into a file, checks the hash, unpacks it next to its place, patches and starts it
 * there, and lets it appear by one rename. Then the link of its minor version leads to it, unless a newer one is there.
 * Of processes that install the same build at once one does, and the others wait for it.
 *
 * @throws VivariumError `PYTHON_DOWNLOAD_FAILED`, `PYTHON_ARCHIVE_INVALID`, `PYTHON_NOT_USABLE`,
 * `PYTHON_STORE_NOT_WRITABLE`
 */
export async function install(request: InstallRequest): Promise<Installed> {
  const { build, settings, context } = request;
  const { cache, signal } = context;
  const store = createStore(settings, context);
  const name = buildName(build);
  const destination = join(store, name);
  const isThere = (): boolean => readReceipt(destination, name) !== undefined;
  const isNew =
    !isThere() &&
    (await withClaim({ destination, cache, signal, isShown: true, isSettled: isThere }, async () => {
      // Another process may have installed it while this one waited.
      if (isThere()) return false;
      await inStore(store, () => create(request, { store, name, destination }));
      return true;
    }));
  await inStore(store, () => updateMinorLink({ store, series: build, context }));
  const installed = listBuilds(store).find((one) => one.name === name);
  if (installed === undefined) throw notWritable(`${destination} was removed by another process`);
  return { installed, isNew };
}

/** What the system refuses is told as what it means for the store. */
async function inStore<T>(store: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof VivariumError || !(error instanceof Error && 'syscall' in error)) throw error;
    throw notWritable(`${store} can't be written: ${messageOf(error)}`, error);
  }
}

interface Place {
  readonly store: string;
  readonly name: string;
  readonly destination: string;
}

async function create(request: InstallRequest, { store, name, destination }: Place): Promise<void> {
  const { build, context } = request;
  const { signal } = context;
  if (existsSync(destination)) {
    throw notWritable(`${destination} is there and has no receipt of vivarium's, so that it is not touched`);
  }
  const downloads = join(store, DOWNLOADS);
  await mkdir(downloads, { recursive: true, mode: 0o700 });
  // What a killed run has begun is taken up by the next one for the same archive.
  const archive = join(downloads, `${build.sha256}.part`);
  const source = await fetchArchive({ ...request, target: archive }).catch(async (error: unknown) => {
    // On a full disk the room is needed for something else.
    if (!(error instanceof VivariumError) && !signal.aborted) await rm(archive, { force: true });
    throw error;
  });
  const { size } = await stat(archive);
  await clearRemoved(store);
  await clearUnpacked(store, name);
  const staging = join(store, unpackingName(name));
  try {
    await mkdir(staging, { mode: 0o755 });
    const directory = realpathSync(staging);
    const onProgress = (done: number): void =>
      context.emit?.({ type: 'python', phase: 'unpack', python: name, done, total: size });
    await unpack({ archive, directory, signal, onProgress });
    const receipt = await finish(request, { directory, destination, source, size, name });
    writeReceipt(directory, receipt);
    await rename(staging, destination);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await rm(archive, { force: true });
}

interface Finishing {
  readonly directory: string;
  readonly destination: string;
  readonly name: string;
  readonly source: string;
  readonly size: number;
}

async function finish(
  { build, manifest, context }: InstallRequest,
  { directory, destination, name, source, size }: Finishing,
): Promise<Receipt> {
  const stdlib = standardLibraryOf(directory);
  const executable = executableIn(directory, build);
  if (stdlib === undefined || executable === undefined) throw archiveError('there is no Python in it');
  patch({ directory, stdlib, destination });
  context.emit?.({ type: 'python', phase: 'start', python: name, done: size, total: size });
  const question = { executable: join(directory, executable), directory, version: build.version };
  const started = await start(question, context);
  const isPatched = !started.hasCertificates && patchCertificates(stdlib);
  warnOfSystem(isPatched ? await start(question, context) : started, { destination, context });
  const license = [stdlib, directory].map((each) => join(each, 'LICENSE.txt')).find((path) => existsSync(path));
  const { version, platform, freeThreaded, sha256 } = build;
  return {
    format: 1,
    implementation: 'cpython',
    version,
    build: build.build,
    platform,
    ...(freeThreaded ? { freeThreaded } : {}),
    sha256,
    size,
    source,
    license: manifest.license,
    ...(license === undefined ? {} : { licenseFile: relative(directory, license).replaceAll('\\', '/') }),
    executable,
  };
}

function executableIn(directory: string, { version, freeThreaded, platform }: ManifestBuild): string | undefined {
  const [major, minor] = version.split('.');
  const names = platform.includes('windows')
    ? ['python.exe']
    : [...(freeThreaded ? [`bin/python${major}.${minor}t`] : []), `bin/python${major}.${minor}`, 'bin/python3'];
  return names.find((name) => existsSync(join(directory, name)));
}
