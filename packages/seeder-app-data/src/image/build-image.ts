import { closeSync, fchmodSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Environment } from '@vivarium/core/plugin';
import type { SeedWheel } from '@vivarium/wheel-resolver';
import { type PlacedFile, readWheel, refuseWheel, WheelError } from '@vivarium/wheel-resolver/reading';
import { findLauncher } from '../script/windows-launcher.ts';
import { IMAGE_FORMAT, type ImageManifest, type ImageTree, LINKED, MANIFEST, treeName } from './image.ts';
import { type Installed, install } from './install.ts';
import { startOfMachine } from './start-of-machine.ts';

/** What an image is built from and for. */
export interface BuildRequest {
  readonly wheel: SeedWheel;
  readonly environment: Environment;
  /** A wheel of pip, which has the launchers of commands for Windows; it may be the wheel itself. */
  readonly pip: SeedWheel | undefined;
}

/**
 * Unpacks a wheel into an empty directory as an installer would (binary distribution format, "Installing a wheel").
 * What says where the environment stands is left to the plan.
 *
 * @throws VivariumError `WHEEL_INVALID`; the directory is then worth nothing
 */
export function buildImage(directory: string, request: BuildRequest): void {
  const { name, version, sha256 } = request.wheel;
  const { root, distInfo, files, linkedRecord, consoleScripts, ownScripts } = prepare(request);
  const tree = treeName(distInfo);
  const trees = listTrees(files);
  // Never with their parents: where the cache was emptied in the meantime, that shows at once.
  mkdirSync(join(directory, tree));
  for (const { scheme, directories } of trees) {
    mkdirSync(join(directory, tree, scheme));
    for (const subdirectory of directories) mkdirSync(join(directory, tree, scheme, subdirectory));
  }
  mkdirSync(join(directory, tree, LINKED));
  for (const subdirectory of trees.find(({ scheme }) => scheme === root)?.directories ?? []) {
    if (`${subdirectory}/`.startsWith(`${distInfo}/`)) mkdirSync(join(directory, tree, LINKED, subdirectory));
  }
  for (const file of files) writeFile(join(directory, tree, file.scheme, file.path), file);
  for (const file of files) {
    if (file.scheme !== root || !file.path.startsWith(`${distInfo}/`)) continue;
    const path = join(directory, tree, LINKED, file.path);
    writeFile(path, file.path === `${distInfo}/RECORD` ? { ...file, contents: linkedRecord } : file);
  }
  const started = startOfMachine();
  const known = { format: IMAGE_FORMAT, name, version, sha256, started, root, distInfo, tree } as const;
  const manifest: ImageManifest = { ...known, consoleScripts, ownScripts, trees };
  writeFileSync(join(directory, MANIFEST), JSON.stringify(manifest));
}

function prepare({ wheel, environment, pip }: BuildRequest): Installed {
  try {
    const contents = readWheel(wheel);
    return install(contents, { wheel, environment, launcher: chooseLauncher() });

    function chooseLauncher(): Buffer | undefined {
      if (environment.interpreter.os !== 'nt') return undefined;
      if (pip === undefined)
        throw new WheelError('its commands need a launcher, and there is no wheel of pip to take it from');
      return findLauncher(pip.sha256 === wheel.sha256 ? contents.files : readWheel(pip).files, environment);
    }
  } catch (error) {
    throw refuseWheel(basename(wheel.path), error);
  }
}

function listTrees(files: readonly PlacedFile[]): readonly ImageTree[] {
  const schemes = [...new Set(files.map(({ scheme }) => scheme))];
  return schemes.map((scheme) => {
    const own = files.filter((file) => file.scheme === scheme);
    const paths = own.map(({ path }) => path);
    const sizes = own.map(({ contents }) => contents.length);
    return { scheme, directories: [...new Set(paths.flatMap(parents))].sort(), files: paths, sizes };
  });
}

function parents(path: string): readonly string[] {
  const directory = dirname(path);
  return directory === '.' ? [] : [...parents(directory), directory];
}

// The mode is set and not left to the umask: the file is linked into environments that others may use.
function writeFile(path: string, { contents, isExecutable }: Pick<PlacedFile, 'contents' | 'isExecutable'>): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let written = 0; written < contents.length; ) written += writeSync(file, contents, written);
    fchmodSync(file, isExecutable ? 0o755 : 0o644);
  } finally {
    closeSync(file);
  }
}
