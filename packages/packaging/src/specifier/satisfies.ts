import { compareVersions } from '../version/compare.ts';
import { isPreRelease, tryVersion, type Version } from '../version/version.ts';
import { parseSpecifiers, type Specifier } from './parse.ts';

/** How pre-releases are treated. */
export interface PreReleases {
  /**
   * `true` takes pre-releases as any other version, `false` never. Without it a single version is taken, and of several
   * ones only where a clause names a pre-release or nothing else fits.
   */
  readonly prereleases?: boolean;
}

/**
 * Whether a version satisfies all clauses of a specifier (PEP 440). A text that is not a version can only be what `===`
 * names.
 *
 * @throws ParseError when `specifiers` is a text that is not a specifier
 */
export function satisfies(
  version: Version | string,
  specifiers: readonly Specifier[] | string,
  { prereleases = true }: PreReleases = {},
): boolean {
  const clauses = typeof specifiers === 'string' ? parseSpecifiers(specifiers) : specifiers;
  const candidate = typeof version === 'string' ? tryVersion(version) : version;
  if (!prereleases && candidate !== undefined && isPreRelease(candidate)) return false;
  return clauses.every((clause) => fits(clause, candidate, version));
}

/**
 * Those of several versions that satisfy a specifier, in their order.
 *
 * @throws ParseError when `specifiers` is a text that is not a specifier
 */
export function filterVersions<T extends Version | string>(
  versions: readonly T[],
  specifiers: readonly Specifier[] | string,
  { prereleases }: PreReleases = {},
): readonly T[] {
  const clauses = typeof specifiers === 'string' ? parseSpecifiers(specifiers) : specifiers;
  const fitting = versions.filter((version) => satisfies(version, clauses));
  if (prereleases ?? clauses.some(namesPreRelease)) return fitting;
  const finals = fitting.filter((version) => satisfies(version, clauses, { prereleases: false }));
  return finals.length > 0 || prereleases === false ? finals : fitting;
}

function namesPreRelease({ operator, version }: Specifier): boolean {
  return operator !== '!=' && version !== undefined && isPreRelease(version);
}

function fits(clause: Specifier, candidate: Version | undefined, written: Version | string): boolean {
  if (clause.operator === '===') return fitsExactly(clause, candidate, written);
  if (candidate === undefined || clause.version === undefined) return false;
  const wanted = clause.version;
  switch (clause.operator) {
    case '==':
      return clause.isPrefix ? beginsWith(candidate, wanted.epoch, wanted.release) : equals(candidate, wanted);
    case '!=':
      return !(clause.isPrefix ? beginsWith(candidate, wanted.epoch, wanted.release) : equals(candidate, wanted));
    case '~=':
      return (
        compareVersions(publicOf(candidate), wanted) >= 0 &&
        beginsWith(candidate, wanted.epoch, wanted.release.slice(0, -1))
      );
    case '<=':
      return compareVersions(publicOf(candidate), wanted) <= 0;
    case '>=':
      return compareVersions(publicOf(candidate), wanted) >= 0;
    case '<':
      return isBefore(candidate, wanted);
    case '>':
      return isAfter(candidate, wanted);
  }
}

// `===` compares texts. A version that came taken apart has none but its parts.
function fitsExactly({ text, version }: Specifier, candidate: Version | undefined, written: Version | string): boolean {
  if (typeof written === 'string') return written.trim().toLowerCase() === text.toLowerCase();
  return candidate !== undefined && version !== undefined && compareVersions(candidate, version) === 0;
}

function publicOf(version: Version): Version {
  const { local: _, ...rest } = version;
  return rest;
}

// A specifier without a local part does not look at that of the version.
function equals(candidate: Version, wanted: Version): boolean {
  return compareVersions(wanted.local === undefined ? publicOf(candidate) : candidate, wanted) === 0;
}

function beginsWith(candidate: Version, epoch: Version['epoch'], release: Version['release']): boolean {
  return candidate.epoch === epoch && release.every((number, index) => (candidate.release[index] ?? 0) === number);
}

// "<1.0" does not mean the pre-releases of 1.0 (PEP 440, exclusive ordered comparison), the first of which is 1.0.dev0.
function isBefore(candidate: Version, wanted: Version): boolean {
  return compareVersions(candidate, isPreRelease(wanted) ? wanted : { ...wanted, dev: 0 }) < 0;
}

// ">1.0" does not mean the post-releases of 1.0, nor its local versions.
function isAfter(candidate: Version, wanted: Version): boolean {
  if (compareVersions(publicOf(candidate), wanted) <= 0) return false;
  const { post, dev: _, ...before } = publicOf(candidate);
  return post === undefined || compareVersions(before, wanted) !== 0;
}
