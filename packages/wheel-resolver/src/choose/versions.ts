import { pep440 } from '../pep440.ts';

// Nearly all versions are numbers with dots between them. Those are told and compared here, without the library, which
// takes longer to start than all the rest of choosing a wheel.
const PLAIN = /^\d{1,9}(?:\.\d{1,9}){0,9}$/;

/** Whether PEP 440 knows a version. */
export function isVersion(text: string): boolean {
  return PLAIN.test(text) || pep440().valid(text) !== null;
}

/** Whether a version is one that is not asked for by saying nothing: alpha, beta, candidate, or under development. */
export function isPreRelease(version: string): boolean {
  if (PLAIN.test(version)) return false;
  const explained = pep440().explain(version);
  return explained !== null && (explained.is_prerelease || explained.is_devrelease);
}

/** The order of two versions by PEP 440: below, above or equal to 0. */
export function compareVersions(a: string, b: string): number {
  if (!PLAIN.test(a) || !PLAIN.test(b)) return pep440().compare(a, b);
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version is in a range, pre-releases as well. */
export function isInRange(version: string, range: string): boolean {
  return pep440().satisfies(version, range, { prereleases: true });
}

/** Whether a version, final, is admitted by what a package says of the Pythons that it is for. */
export function isAdmitted(version: readonly [major: number, minor: number, micro: number], range: string): boolean {
  // What nearly all say.
  const [, major, minor] = /^>=(\d)\.(\d{1,3})$/.exec(range) ?? [];
  if (major === undefined) return pep440().satisfies(version.join('.'), range);
  return version[0] === Number(major) ? version[1] >= Number(minor) : version[0] > Number(major);
}
