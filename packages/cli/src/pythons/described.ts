import { executableOf, type InstalledBuild } from '@vivarium/discoverer-standalone/managed';

/** A managed Python, as `--json` prints it. */
export interface DescribedBuild {
  readonly name: string;
  readonly version: string;
  readonly build: string;
  readonly platform: string;
  readonly isFreeThreaded: boolean;
  readonly directory: string;
  readonly executable: string;
  readonly license: string;
}

/** What is told of a managed Python. */
export function describeBuild(build: InstalledBuild): DescribedBuild {
  const { name, version, platform, freeThreaded, directory, license } = build;
  return {
    name,
    version,
    build: build.build,
    platform,
    isFreeThreaded: freeThreaded === true,
    directory,
    executable: executableOf(build),
    license,
  };
}
