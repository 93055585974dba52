import type { PackageToInstall, SeedPackage } from '@vivarium/core/plugin';

/** What is written down of a package: in the environment, in the plan, and in what `--json` prints. */
export function receiptOf({ name, version, wheel, sha256, origin }: PackageToInstall): SeedPackage {
  return { name, version, wheel, sha256, origin };
}
