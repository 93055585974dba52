import type { RemoveStep } from '@vivarium/core/plugin';
import { compareVersions, isVersion, parseVersion } from '@vivarium/packaging';
import { withoutCondaPackages } from '../findings/conda-packages.ts';
import { duplicates } from '../findings/find-packages.ts';
import { recordedFiles, stateOf, withRecord } from '../findings/record.ts';
import type { Distribution, Inspection } from '../inspect/inspection.ts';

/**
 * Removes all records of a package but one: the one that most of the files are as it says, and of those with as many the
 * newest. Files that only a removed record lists go with it.
 */
export function removeDuplicates(inspection: Inspection): readonly RemoveStep[] {
  const { directory } = inspection;
  const stale = duplicates(withoutCondaPackages(inspection)).flatMap((group) => {
    const [, ...others] = [...group].sort((a, b) => sameness(b, directory) - sameness(a, directory) || newer(b, a));
    return others;
  });
  const isStale = new Set(stale.map(({ path }) => path));
  const kept = new Set(
    withRecord(inspection)
      .filter(({ path }) => !isStale.has(path))
      .flatMap((one) => recordedFiles(directory, one).map(({ path }) => path)),
  );
  const files = stale.flatMap((one) =>
    recordedFiles(directory, one)
      .filter((file) => !file.path.startsWith(`${one.path}/`) && !kept.has(file.path) && file.hash !== '')
      // What was changed since may be of the one that stays, or of the user's.
      .filter((file) => stateOf(directory, file) === 'same')
      .map(({ path }) => path),
  );
  return [...isStale, ...new Set(files)].map((path) => ({ kind: 'remove', path }));
}

/** The part of a distribution's files that are as its record says. */
function sameness(distribution: Distribution, directory: string): number {
  const files = recordedFiles(directory, distribution).filter(
    ({ path, hash }) => hash !== '' && !path.startsWith(`${distribution.path}/`),
  );
  const same = files.filter((file) => stateOf(directory, file) === 'same');
  return files.length === 0 ? 0 : same.length / files.length;
}

function newer(one: Distribution, other: Distribution): number {
  if (!isVersion(one.version) || !isVersion(other.version))
    return Number(isVersion(one.version)) - Number(isVersion(other.version));
  return compareVersions(parseVersion(one.version), parseVersion(other.version));
}
