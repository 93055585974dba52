import type { Spec, VersionSpec } from '@vivarium/core/plugin';
import { type Matched, namesPreRelease, whyNot } from '@vivarium/discovery';
import type { ManifestBuild } from './manifest.ts';
import { ownPlatform, platforms, type Target } from './platforms.ts';
import { newerFirst, readVersion } from './version.ts';

/** What is known of a build before it is started, in the words that specs are compared with. */
function factsOf({ version, platform, freeThreaded }: Omit<ManifestBuild, 'path' | 'sha256'>): Matched {
  const target: Target = platforms[platform];
  const parsed = readVersion(version);
  if (parsed === undefined) throw new TypeError(`${version} was checked and is a version`);
  return {
    implementation: 'CPython',
    version: parsed,
    isFreeThreaded: freeThreaded === true,
    isDebug: false,
    ...target,
  };
}

/**
 * The builds that fit a spec, best first: releases before pre-releases, newest first. A free-threaded one has to be asked
 * for; a build for another platform than this one too.
 */
export function choose<Build extends Omit<ManifestBuild, 'path' | 'sha256'>>(
  builds: readonly Build[],
  spec: Spec | undefined,
): readonly Build[] {
  if (spec?.kind === 'path') return [];
  const isNamed = spec?.platform !== undefined || spec?.machine !== undefined || spec?.libc !== undefined;
  const own = ownPlatform();
  return builds
    .filter((build) => (isNamed ? isRunnable(build) : build.platform === own) && fits(build, spec))
    .sort((one, other) => byRank(one, other, spec));
}

function fits(build: Omit<ManifestBuild, 'path' | 'sha256'>, spec: VersionSpec | undefined): boolean {
  const facts = factsOf(build);
  return facts.isFreeThreaded === (spec?.isFreeThreaded ?? false) && (!spec || whyNot(facts, spec) === undefined);
}

/** Whether this machine can start it: what is for another system can't be, whatever was asked for. */
function isRunnable({ platform }: Pick<ManifestBuild, 'platform'>): boolean {
  const { platform: system } = platforms[platform];
  return system === process.platform;
}

function byRank(
  one: Omit<ManifestBuild, 'path' | 'sha256'>,
  other: Omit<ManifestBuild, 'path' | 'sha256'>,
  spec: VersionSpec | undefined,
): number {
  const [a, b] = [factsOf(one).version, factsOf(other).version];
  const mayBeEarly = spec?.range !== undefined && namesPreRelease(spec.range);
  const early = (level: string): number => Number(!mayBeEarly && level !== 'final');
  return early(a.releaseLevel) - early(b.releaseLevel) || newerFirst(a, b) || (one.build < other.build ? 1 : -1);
}
