import { basename } from 'node:path';
import {
  type DecidePackages,
  type DecisionRequest,
  type DirectUrl,
  type PackageListSource,
  type PackageToInstall,
  VivariumError,
} from '@vivarium/core/host';
import { formatVersion, parseWheelFileName, tagFactsOf, wheelTags } from '@vivarium/packaging';
import { LockError, type Pylock, type SelectedPackage } from '@vivarium/pylock';
import { asVivariumError } from './lock-errors.ts';
import { selectFor } from './select-for.ts';
import { openSupply, type WantedFile } from './supply.ts';

/** A lock to install. */
export interface LockDecision {
  readonly lock: Pylock;
  /** What paths of the lock are relative to. */
  readonly directory: string;
  /** Nothing may be fetched. */
  readonly isOffline: boolean;
  /** Of an existing environment, packages go that no list has installed. */
  readonly isExact: boolean;
  readonly source: PackageListSource;
  /** Builds what has no wheel, and gives that; without it such a package is refused. */
  readonly build?: BuildWheel;
}

/** Builds a wheel out of a source distribution, archive, repository or directory. */
export type BuildWheel = (selected: SelectedPackage, request: DecisionRequest) => Promise<BuiltWheel>;

/** A wheel that was built. */
interface BuiltWheel {
  /** Absolute path. */
  readonly path: string;
  readonly sha256: string;
  readonly version: string;
  readonly directUrl?: DirectUrl;
}

/**
 * The packages of a lock for an interpreter. Which wheel each is installed from is decided by names alone; files are
 * looked for, and fetched, when something is to be unpacked out of them.
 *
 * What `DecidePackages` throws: `LOCK_NOT_USABLE`, `PACKAGE_NOT_AVAILABLE`, `PACKAGE_MISMATCH`, `DOWNLOAD_FAILED`.
 */
export function decideFromLock({ lock, directory, isOffline, isExact, source, build }: LockDecision): DecidePackages {
  return async ({ environment, context }) => {
    const { interpreter } = environment;
    const tags = wheelTags(tagFactsOf(interpreter, interpreter.system));
    const supply = openSupply({ interpreter, tags, directory, isOffline, context });
    try {
      const { selected, skipped } = selectFor(interpreter, { lock, tags, source });
      for (const { package: locked, reason } of skipped) context.debug(`${locked.name} is skipped: ${reason}`);
      const built = new Map<string, BuiltWheel>();
      for (const one of selected) {
        const { kind } = one.artifact;
        if (kind === 'wheel' || kind === 'index') continue;
        if (build === undefined) throw notAWheel(one);
        built.set(one.package.name, await build(one, { environment, context }));
      }
      const wanted = selected.flatMap((one): WantedFile[] => {
        const { artifact, package: locked } = one;
        if (artifact.kind === 'wheel') return [{ name: locked.name, kind: 'wheel', file: artifact.file }];
        if (artifact.kind !== 'index') return [];
        return [{ name: locked.name, kind: 'index', version: locked.version ?? '', ...hashesOf(one) }];
      });
      const files = await supply.identify(wanted);
      const packages = selected.map((one): PackageToInstall => {
        const { name, version } = one.package;
        const own = built.get(name);
        if (own !== undefined) {
          const { path, sha256, directUrl } = own;
          return {
            ...{ name, version: own.version, wheel: basename(path), sha256, path, isRequested: true },
            origin: directUrl?.url ?? path,
            ...(directUrl === undefined ? {} : { directUrl }),
          };
        }
        const file = files.get(name);
        if (file === undefined) throw new TypeError(`The file of ${name} was not identified`);
        const { wheel, sha256, origin } = file;
        return { name, version: version ?? versionOf(wheel), wheel, sha256, origin, isRequested: true };
      });
      return {
        packages,
        source,
        getWheels,
        lookAtOthers: async (installed) =>
          (await import('./others.ts')).lookAtOthers(environment, { installed, isExact, pause: context.pause }),
      };

      async function getWheels(asked: readonly PackageToInstall[]): Promise<readonly string[]> {
        try {
          return await supply.find(asked);
        } catch (error) {
          throw error instanceof LockError ? asVivariumError(error) : error;
        }
      }
    } catch (error) {
      throw error instanceof LockError ? asVivariumError(error) : error;
    }
  };
}

function hashesOf({ artifact, package: { index } }: SelectedPackage) {
  const hashes = artifact.kind === 'index' ? artifact.hashes : [];
  return { hashes, ...(index === undefined ? {} : { index }) };
}

function versionOf(wheel: string): string {
  return formatVersion(parseWheelFileName(wheel).version);
}

const WHAT: Readonly<Record<string, string>> = {
  sdist: 'a source distribution',
  archive: 'an archive of sources',
  vcs: 'a commit of a repository',
  directory: 'a directory of sources',
};

function notAWheel({ artifact, index, package: { name } }: SelectedPackage): VivariumError {
  const what = WHAT[artifact.kind] ?? artifact.kind;
  return new VivariumError(
    'LOCK_NOT_USABLE',
    `packages[${index}]: ${name} is ${what}, which has to be built, and only wheels are installed`,
    { hint: `Allow it with --allow-build, which runs its code, or lock a wheel of ${name}.` },
  );
}
