import { type Dirent, existsSync, readdirSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { mountPointsBelow } from '../apply/mount-points.ts';
import { isContent, prefixOf } from '../apply/run-directory.ts';
import { destinationError } from '../destination/destination-error.ts';
import { whyProtected } from '../destination/protected-directory.ts';
import type { LinkMode, Step, SymlinkStep, TreeStep } from '../plan/step.ts';
import type { Slices } from '../slices.ts';

/** What decides which files of an environment are carried over. */
export interface CarryRequest {
  readonly destination: string;
  /** All that the new environment gets by itself, and what is to go of the old one. */
  readonly steps: readonly Step[];
  /** The packages that stay, by the paths of their files. */
  readonly owners: ReadonlyMap<string, string>;
  /** A process changes files in the staging directory: then none may be shared with the environment that is replaced. */
  readonly isWrittenTo: boolean;
}

/** What an environment keeps when its packages change. */
export interface Carried {
  /** The steps of the request that are still to be done. */
  readonly steps: readonly Step[];
  /** The steps that put in what stays, out of the environment that is there. */
  readonly carried: readonly (SymlinkStep | TreeStep)[];
  /** The packages that stay, by the paths of their files that are there, also of those that a step would replace. */
  readonly owned: ReadonlyMap<string, string>;
}

/** Whether there is an environment at a destination of which something can be carried over. */
export function isEnvironment(destination: string): boolean {
  return existsSync(`${destination}/pyvenv.cfg`);
}

/**
 * Lists what of an environment stays when it is built once more: all that no step creates or removes. Links stay links.
 *
 * @throws VivariumError `DESTINATION_PROTECTED` where the environment can't be exchanged as a whole, or can't be read
 */
export function* carryOver(request: CarryRequest): Slices<Carried> {
  const { destination, steps, owners, isWrittenTo } = request;
  assertExchangeable(destination);
  const planned = plannedOf(steps);
  const owned = new Map<string, string>();
  const files = new Map<string | undefined, string[]>();
  const directories: string[] = [];
  const special: string[] = [];
  const links: SymlinkStep[] = [];
  const kept = new Set<string>();
  const prefix = prefixOf(destination);
  const queue = [''];
  for (let directory = queue.pop(); directory !== undefined; directory = queue.pop()) {
    const base = directory === '' ? '' : `${directory}/`;
    for (const entry of entriesIn(destination, directory)) {
      yield;
      if (directory === '' && !isContent(entry.name, prefix)) continue;
      visit(base + entry.name, entry);
    }
  }
  const link: readonly LinkMode[] = isWrittenTo ? ['reflink', 'copy'] : ['hardlink', 'reflink', 'copy'];
  const tree = (listed: readonly string[], owner?: string): TreeStep => {
    const whose = owner === undefined ? {} : { package: owner };
    return { kind: 'tree', path: '.', source: destination, directories: [], files: listed, link, ...whose };
  };
  return {
    steps: steps.filter((step) => step.kind === 'run' || !kept.has(step.path)),
    carried: [
      { ...tree(files.get(undefined) ?? []), directories },
      ...[...files].flatMap(([owner, listed]) => (owner === undefined ? [] : [tree(listed, owner)])),
      // A copy of one would wait for what is written to it, or be another thing.
      ...(special.length === 0 ? [] : [{ ...tree(special), link: ['hardlink'] as const }]),
      ...links,
    ],
    owned,
  };

  function visit(path: string, entry: Dirent): void {
    if (planned.removed.has(path)) return;
    const isDirectory = entry.isDirectory();
    const owner = isDirectory ? undefined : owners.get(path);
    if (owner !== undefined) owned.set(path, owner);
    const own = planned.files.get(path);
    if (own !== undefined && stays(own, isDirectory)) kept.add(path);
    else if (own !== undefined && isDirectory) throw inTheWay(`${destination}/${path}`);
    else if (own !== undefined || (!isDirectory && planned.directories.has(path))) return;
    if (isDirectory) {
      directories.push(path);
      queue.push(path);
    } else if (entry.isSymbolicLink()) {
      const target = readlinkSync(`${destination}/${path}`);
      links.push({ kind: 'symlink', path, target, ...(owner === undefined ? {} : { package: owner }) });
    } else if (entry.isFile()) {
      const listed = files.get(owner);
      if (listed === undefined) files.set(owner, [path]);
      else listed.push(path);
    } else special.push(path);
  }
}

interface Planned {
  /** Paths of files and links, each with the step that creates it. */
  readonly files: ReadonlyMap<string, Step>;
  readonly directories: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

function plannedOf(steps: readonly Step[]): Planned {
  const files = new Map<string, Step>();
  const directories = new Set<string>();
  const removed = new Set<string>();
  const addDirectory = (path: string): void => {
    for (let one = path; one !== '.' && !directories.has(one); one = posix.dirname(one)) directories.add(one);
  };
  for (const step of steps) {
    if (step.kind === 'run') continue;
    const path = posix.normalize(step.path);
    if (step.kind === 'remove') removed.add(path);
    else if (step.kind === 'directory') addDirectory(path);
    else if (step.kind === 'tree') {
      const base = path === '.' ? '' : `${path}/`;
      addDirectory(path);
      for (const directory of step.directories) addDirectory(base + directory);
      for (const file of step.files) files.set(base + file, step);
    } else {
      addDirectory(posix.dirname(path));
      files.set(path, step);
    }
  }
  return { files, directories, removed };
}

/** Whether a step leaves what is at its path. */
function stays(step: Step, isDirectory: boolean): boolean {
  if (step.kind === 'symlink') return isDirectory && step.orDirectory === true;
  return step.kind === 'file' && step.existing === 'keep' && !isDirectory;
}

function entriesIn(destination: string, directory: string): readonly Dirent[] {
  const path = directory === '' ? destination : `${destination}/${directory}`;
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw destinationError('DESTINATION_PROTECTED', `${destination} is not changed, because ${path} can't be read`, {
      cause: error,
      hint: 'What cannot be read cannot be carried over. Nothing was changed.',
    });
  }
}

function assertExchangeable(destination: string): void {
  const [mounted] = mountPointsBelow(destination);
  const reason = mounted === undefined ? whyProtected(destination) : `a file system is mounted in it (${mounted})`;
  if (reason === undefined) return;
  throw destinationError('DESTINATION_PROTECTED', `${destination} is not changed, because ${reason}`, {
    hint: 'Its packages are changed by exchanging the whole directory. Nothing was changed.',
  });
}

function inTheWay(path: string) {
  return destinationError(
    'DESTINATION_PROTECTED',
    `A file of the environment belongs to where the directory ${path} is`,
    {
      hint: 'Move the directory elsewhere. Nothing was changed.',
    },
  );
}
