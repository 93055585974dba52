import {
  closeSync,
  fchmodSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  type Stats,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Slices } from '@vivarium/core/internal';
import type { Context, Environment, PackageToInstall } from '@vivarium/core/plugin';
import {
  type PlacedFile,
  readWheel,
  refuseWheel,
  type Scheme,
  WheelError,
  type WheelFile,
} from '@vivarium/wheel-resolver/reading';
import { findLauncher } from '../script/windows-launcher.ts';
import { checkIdentity } from './check-identity.ts';
import { type DigestedFile, digestOf } from './digest.ts';
import {
  IMAGE_FORMAT,
  type ImageFiles,
  type ImageManifest,
  type ImageTree,
  LINKED,
  MANIFEST,
  treeName,
} from './image.ts';
import { type Installation, type Installed, install } from './install.ts';
import { stampNow } from './stamp.ts';
import { startOfMachine } from './start-of-machine.ts';

/** What an image is built from and for. */
export interface BuildRequest {
  readonly package: PackageToInstall;
  readonly wheel: WheelFile;
  readonly environment: Environment;
  readonly context: Pick<Context, 'warn'>;
  /** A wheel of pip, which has the launchers of commands for Windows; it may be the wheel itself. */
  readonly pip: WheelFile | undefined;
  /** Told how many files are written. */
  readonly onProgress?: ((progress: UnpackProgress) => void) | undefined;
}

/** How far the unpacking of a wheel is, in files. */
export interface UnpackProgress {
  readonly package: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Unpacks a wheel, in slices, into an empty directory as an installer would (binary distribution format, "Installing a wheel"). What
 * says where the environment is, is left to the plan.
 *
 * @throws VivariumError `WHEEL_INVALID`; the directory is then worth nothing
 */
export function* buildImage(directory: string, request: BuildRequest): Slices {
  const { name, version, sha256 } = request.package;
  const { root, distInfo, files, linkedRecord, consoleScripts, ownScripts } = yield* prepare(request);
  const tree = treeName(distInfo);
  const metadata = files.filter((file) => file.scheme === root && file.path.startsWith(`${distInfo}/`));
  const linkedFiles = metadata.map((file) => ({
    ...file,
    ...(file.path === `${distInfo}/RECORD` ? { contents: linkedRecord } : {}),
  }));
  const schemes = [...new Set(files.map(({ scheme }) => scheme))];
  const groups: readonly Group[] = [
    ...schemes.map((scheme) => ({ scheme, files: files.filter((file) => file.scheme === scheme) })),
    { scheme: LINKED, files: linkedFiles },
  ];
  // Never with their parents: where the cache was emptied in the meantime, that shows at once.
  mkdirSync(join(directory, tree));
  const stamp = stampNow();
  const progress = progressOf(request, groups);
  const written: WrittenGroup[] = [];
  for (const group of groups) written.push(yield* writeGroup(join(directory, tree), group, { stamp, progress }));
  const digest = yield* digestOf(contentsOf(groups));
  const trees = schemes.map((scheme, index): ImageTree => ({ scheme, ...pick(written, index) }));
  const manifest: ImageManifest = {
    ...{ format: IMAGE_FORMAT, name, version, sha256, root, distInfo, tree, consoleScripts, ownScripts, trees, digest },
    started: startOfMachine(),
    mtime: written.every(({ isStamped }) => isStamped) ? stamp : null,
    linked: pick(written, schemes.length),
  };
  writeFileSync(join(directory, MANIFEST), JSON.stringify(manifest));
}

// One after the other: together they may be more than the memory of the machine.
function* contentsOf(groups: readonly Group[]): Generator<DigestedFile> {
  for (const { scheme, files } of groups) {
    for (const { path, contents } of files) yield { path: `${scheme}/${path}`, contents };
  }
}

function* prepare({ package: wanted, wheel, environment, pip, context }: BuildRequest): Slices<Installed> {
  try {
    const contents = yield* readWheel(wheel);
    checkIdentity(contents, wanted);
    if (contents.format !== '1.0') {
      context.warn(`${basename(wheel.path)} is of format ${contents.format}, which is newer than 1.0`);
    }
    return install(contents, { package: wanted, environment, ...(yield* chooseLaunchers()) });

    function* chooseLaunchers(): Slices<Pick<Installation, 'launchers'>> {
      if (environment.interpreter.os !== 'nt') return {};
      if (pip === undefined)
        throw new WheelError('its commands need a launcher, and there is no wheel of pip to take it from');
      const { files } = pip.sha256 === wheel.sha256 ? contents : yield* readWheel(pip);
      return { launchers: (isGui) => findLauncher(files, environment, isGui) };
    }
  } catch (error) {
    throw refuseWheel(basename(wheel.path), error);
  }
}

/** The files of a scheme, or those that are linked by name. */
interface Group {
  readonly scheme: Scheme | typeof LINKED;
  readonly files: readonly PlacedFile[];
}

interface WrittenGroup {
  readonly list: ImageFiles;
  /** The file system keeps the time that the files were given. */
  readonly isStamped: boolean;
}

function pick(groups: readonly WrittenGroup[], index: number): ImageFiles {
  const group = groups[index];
  if (group === undefined) throw new TypeError('Every scheme was written');
  return group.list;
}

/** Tells how many files of a wheel are written. */
function progressOf({ package: { name }, onProgress }: BuildRequest, groups: readonly Group[]): () => void {
  if (onProgress === undefined) return () => {};
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  let done = 0;
  return () => {
    done += 1;
    if (done % PROGRESS_STEP === 0 || done === total) onProgress({ package: name, done, total });
  };
}

const PROGRESS_STEP = 32;

interface Writing {
  readonly stamp: number;
  /** Called for each file. */
  readonly progress: () => void;
}

function* writeGroup(tree: string, { scheme, files }: Group, { stamp, progress }: Writing): Slices<WrittenGroup> {
  const paths = files.map(({ path }) => path);
  const directories = [...new Set(paths.flatMap(parents))].sort();
  mkdirSync(join(tree, scheme));
  for (const directory of directories) {
    yield;
    mkdirSync(join(tree, scheme, directory));
  }
  const stats: Stats[] = [];
  for (const file of files) {
    yield;
    stats.push(writeFile(join(tree, scheme, file.path), file, stamp));
    progress();
  }
  const list = {
    directories,
    files: paths,
    sizes: stats.map(({ size }) => size),
    modes: stats.map(({ mode }) => mode),
  };
  return { list, isStamped: stats.every(({ mtimeMs }) => mtimeMs === stamp) };
}

function parents(path: string): readonly string[] {
  const directory = dirname(path);
  return directory === '.' ? [] : [...parents(directory), directory];
}

// The mode is set and not left to the umask: the file is linked into environments that others may use.
function writeFile(path: string, { contents, isExecutable }: PlacedFile, stamp: number): Stats {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let written = 0; written < contents.length; ) written += writeSync(file, contents, written);
    fchmodSync(file, isExecutable ? 0o755 : 0o644);
    try {
      futimesSync(file, new Date(), new Date(stamp));
    } catch {
      // Some file systems set no times; what they say is looked at below.
    }
  } finally {
    closeSync(file);
  }
  return lstatSync(path);
}
