import { compareVersions, isVersion, normalizeName, parseVersion } from '@vivarium/packaging';
import type { Inspection } from '../inspect/inspection.ts';
import { minorOf } from '../inspect/layout.ts';
import type { Found } from './finding.ts';
import { installNewer } from './install-again.ts';

/** A vulnerability of a seed package. */
export interface Advisory {
  readonly id: string;
  readonly name: string;
  /** The first version without it. */
  readonly fixedIn: string;
  /** The first minor version of Python 3 that this version supports; an older one can't be helped. */
  readonly python: number;
  readonly summary: string;
}

/** Known vulnerabilities of seed packages, as of November 2026, newest first. */
export const advisories: readonly Advisory[] = [
  {
    id: 'CVE-2026-13346',
    name: 'pip',
    fixedIn: '26.2',
    python: 10,
    summary: 'a URL that is decoded twice names a file outside',
  },
  {
    id: 'CVE-2026-8643',
    name: 'pip',
    fixedIn: '26.1.2',
    python: 10,
    summary: 'names of entry points are used as paths',
  },
  {
    id: 'CVE-2026-6357',
    name: 'pip',
    fixedIn: '26.1',
    python: 10,
    summary: 'the check for updates imports what was just installed',
  },
  {
    id: 'CVE-2026-3219',
    name: 'pip',
    fixedIn: '26.1',
    python: 10,
    summary: 'an archive that is a tar and a zip at once',
  },
  { id: 'CVE-2026-1703', name: 'pip', fixedIn: '26.0', python: 9, summary: 'a wheel writes outside of its directory' },
  {
    id: 'CVE-2026-24049',
    name: 'wheel',
    fixedIn: '0.46.2',
    python: 9,
    summary: 'unpacking changes permissions outside',
  },
  {
    id: 'CVE-2025-47273',
    name: 'setuptools',
    fixedIn: '78.1.1',
    python: 9,
    summary: 'a download is written outside of its directory',
  },
];

/** Seeds of an environment with a vulnerability that a version for its Python fixes. */
export function findAdvisories(inspection: Inspection): readonly Found[] {
  const { distributions, recorded, python } = inspection;
  const minor = Number(minorOf(python.version ?? recorded.version)?.split('.')[1] ?? 0);
  return distributions.flatMap(({ name, version, path }): readonly Found[] => {
    const known = advisories.filter(
      (one) =>
        one.name === normalizeName(name) &&
        one.python <= minor &&
        isVersion(version) &&
        compareVersions(parseVersion(version), parseVersion(one.fixedIn)) < 0,
    );
    const [newest] = known;
    if (newest === undefined) return [];
    const message = `${newest.name} ${version} has ${known.map(({ id }) => id).join(', ')}; fixed in ${newest.fixedIn}`;
    const otherwise = installNewer(newest.name, newest.fixedIn, inspection);
    return [{ code: 'SEED_VULNERABLE', message, paths: [path], otherwise }];
  });
}
