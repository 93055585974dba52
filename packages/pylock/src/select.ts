import {
  chooseWheel,
  evaluateMarker,
  type MarkerEnvironment,
  normalizeName,
  parseMarker,
  satisfies,
} from '@vivarium/packaging';
import type {
  ArchiveSource,
  DirectorySource,
  FilesSource,
  IndexSource,
  LockedFile,
  LockedPackage,
  Pylock,
  VcsSource,
} from './lock.ts';
import { LockError, type LockErrorCode } from './lock-error.ts';
import type { Path } from './path.ts';

/** What a lock is installed for. */
export interface SelectionTarget {
  /** The wheel tags of the interpreter, best first, as `wheelTags` of `@vivarium/packaging` gives them. */
  readonly tags: readonly string[];
  /** The environment of markers. `extra`, `extras` and `dependency_groups` in it are ignored. */
  readonly environment: MarkerEnvironment;
  /** @default none */
  readonly extras?: readonly string[];
  /** Groups besides the default ones. @default none */
  readonly groups?: readonly string[];
  /** Leaves the default groups out. @default false */
  readonly noDefaultGroups?: boolean;
}

/** What a lock means for an interpreter. */
export interface Selection {
  /** In the order of the lock. */
  readonly selected: readonly SelectedPackage[];
  readonly skipped: readonly SkippedPackage[];
}

export interface SelectedPackage {
  /** Which of the lock's packages it is. */
  readonly index: number;
  readonly package: LockedPackage;
  readonly artifact: Artifact;
}

export interface SkippedPackage {
  readonly index: number;
  readonly package: LockedPackage;
  /** `its marker does not hold: sys_platform == "win32"`. */
  readonly reason: string;
}

/** What a package is installed from. */
export type Artifact =
  | { readonly kind: 'wheel'; readonly file: LockedFile; readonly tag: string }
  | { readonly kind: 'sdist'; readonly file: LockedFile }
  | ArchiveSource
  | VcsSource
  | DirectorySource
  | IndexSource;

/**
 * Decides which packages of a lock an interpreter needs, and what each is installed from, in the steps of PEP 751. It
 * decides by names alone: no file is looked at, and nothing is resolved.
 *
 * @throws LockError `LOCK_CHOICE` for an extra or group that the lock does not have, `LOCK_TARGET` when the lock or a
 *   package of it is for another Python, `LOCK_AMBIGUOUS` when two entries of a name apply, `LOCK_NO_WHEEL`
 */
export function selectPackages(lock: Pylock, target: SelectionTarget): Selection {
  const environment = { ...target.environment, ...chosen(lock, target) };
  checkTarget(lock, target.environment);
  const selected: SelectedPackage[] = [];
  const skipped: SkippedPackage[] = [];
  const seen = new Map<string, number>();
  for (const [index, locked] of lock.packages.entries()) {
    if (locked.marker !== undefined && !evaluateMarker(parseMarker(locked.marker), environment)) {
      skipped.push({ index, package: locked, reason: `its marker does not hold: ${locked.marker}` });
      continue;
    }
    checkPython(lock, index, locked, target.environment);
    const earlier = seen.get(locked.name);
    if (earlier !== undefined) {
      const problem = `${locked.name} is selected twice, packages[${earlier}] is the other entry`;
      throw failure(lock, 'LOCK_AMBIGUOUS', problem, ['packages', index]);
    }
    seen.set(locked.name, index);
    selected.push({ index, package: locked, artifact: chooseArtifact(lock, index, locked, target.tags) });
  }
  return { selected, skipped };
}

function failure(lock: Pylock, code: LockErrorCode, problem: string, path: Path = []): LockError {
  return new LockError(code, problem, { path, origin: lock.origin });
}

function chosen(lock: Pylock, { extras = [], groups = [], noDefaultGroups = false }: SelectionTarget) {
  const available = { extra: lock.extras, group: [...lock.dependencyGroups, ...lock.defaultGroups] };
  const check = (kind: keyof typeof available, wanted: readonly string[]): readonly string[] => {
    return wanted.map(normalizeName).map((name) => {
      if (available[kind].includes(name)) return name;
      const others = [...new Set(available[kind])].join(', ');
      throw failure(lock, 'LOCK_CHOICE', `the lock has no ${kind} ${name}, it has ${others || 'none'}`);
    });
  };
  const defaults = noDefaultGroups ? [] : lock.defaultGroups;
  return { extras: check('extra', extras), dependency_groups: [...defaults, ...check('group', groups)] };
}

function checkTarget(lock: Pylock, environment: MarkerEnvironment): void {
  const { requiresPython, environments } = lock;
  const python = pythonOf(environment);
  if (requiresPython !== undefined && !satisfies(python, requiresPython)) {
    throw failure(lock, 'LOCK_TARGET', `the lock is for Python ${requiresPython}, and this is ${python}`, [
      'requires-python',
    ]);
  }
  if (environments === undefined || environments.length === 0) return;
  if (!environments.some((marker) => evaluateMarker(parseMarker(marker), environment))) {
    throw failure(
      lock,
      'LOCK_TARGET',
      `this is none of the environments that the lock is for: ${environments.join(' | ')}`,
      ['environments'],
    );
  }
}

// A package that is needed and can't be used here is a mistake of the lock, and not a reason to skip it.
function checkPython(
  lock: Pylock,
  index: number,
  { name, requiresPython }: LockedPackage,
  environment: MarkerEnvironment,
): void {
  const python = pythonOf(environment);
  if (requiresPython === undefined || satisfies(python, requiresPython)) return;
  throw failure(lock, 'LOCK_TARGET', `${name} is for Python ${requiresPython}, and this is ${python}`, [
    'packages',
    index,
    'requires-python',
  ]);
}

function pythonOf({ python_full_version: python }: MarkerEnvironment): string {
  return python.replace(/\+$/, '');
}

function chooseArtifact(lock: Pylock, index: number, locked: LockedPackage, tags: readonly string[]): Artifact {
  const { source } = locked;
  if (source.kind !== 'files') return source;
  const best = chooseWheel(
    source.wheels.map(({ name }) => name),
    tags,
  );
  const file = best === undefined ? undefined : source.wheels[best.index];
  if (best !== undefined && file !== undefined) return { kind: 'wheel', file, tag: best.tag };
  if (source.sdist !== undefined) return { kind: 'sdist', file: source.sdist };
  throw failure(lock, 'LOCK_NO_WHEEL', noWheel(locked, source, tags), ['packages', index]);
}

const MAX_NAMED = 10;

function noWheel({ name, version = '' }: LockedPackage, { wheels }: FilesSource, tags: readonly string[]): string {
  const has = [
    ...new Set(
      wheels.map((wheel) =>
        wheel.name
          .replace(/\.whl$/, '')
          .split('-')
          .slice(-3)
          .join('-'),
      ),
    ),
  ];
  const more = has.length > MAX_NAMED ? ` and ${has.length - MAX_NAMED} more` : '';
  const what = [name, version].join(' ').trim();
  return `${what} has no wheel for ${tags[0] ?? 'an interpreter without tags'}, and no sdist; its wheels are for ${has.slice(0, MAX_NAMED).join(', ')}${more}`;
}
