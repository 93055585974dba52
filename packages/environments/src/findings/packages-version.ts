import type { Inspection } from '../inspect/inspection.ts';
import { minorOf, versionOfLibrary } from '../inspect/layout.ts';

/** The minor version that packages are installed for, by the name of their directory. */
export function packagesVersion({ layout, recorded }: Inspection): string | undefined {
  const versions = layout.sitePackages.flatMap((path) => versionOfLibrary(path.split('/').at(-2) ?? '') ?? []);
  const minor = minorOf(recorded.version);
  return minor !== undefined && versions.includes(minor) ? minor : (versions[0] ?? minor);
}
