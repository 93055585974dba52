import { formatVersion, type PythonVersion } from '@vivarium/core/plugin';

const SERIES = /^(?<operator>==|!=)(?<release>\d+(?:\.\d+)?)$/;
const PRE_RELEASE = /\d(?:a|b|c|rc|alpha|beta|pre|preview)\d*/i;

/** Whether a text is a range by PEP 440: one specifier or several with commas between them. */
export function isRange(range: string): boolean {
  return range.split(',').every((part) => part.trim() !== '') && pep440().validRange(range);
}

/** Whether a range itself names a pre-release, which is how PEP 440 lets one ask for them. */
export function namesPreRelease(range: string): boolean {
  return PRE_RELEASE.test(range);
}

/**
 * Whether a version is in a PEP 440 range. A whole series may be named, as it is done for interpreters everywhere:
 * `==3.12` is `==3.12.*`, and `!=3.12` is `!=3.12.*`. A release candidate counts as the release that it is for, unless
 * the range names a pre-release: that it is one is for the search to weigh.
 */
export function isInRange(version: PythonVersion, range: string): boolean {
  const compared = namesPreRelease(range) ? version : ({ ...version, releaseLevel: 'final' } as const);
  const specifiers = range.split(',').map((part) => part.trim().replace(SERIES, '$<operator>$<release>.*'));
  return pep440().satisfies(formatVersion(compared), specifiers.join(','), { prereleases: true });
}

// A call and no import: the library is bundled, and it is run only when a range is asked about, which most runs never
// do.
function pep440(): typeof import('@renovatebot/pep440') {
  return require('@renovatebot/pep440');
}
