import { withoutTrailingZeros } from './format.ts';
import type { Version, VersionNumber } from './version.ts';

/**
 * The order of PEP 440: negative when `a` comes before `b`, positive when it comes after, 0 when they are equal (`1.0`
 * and `1.0.0`).
 */
export function compareVersions(a: Version, b: Version): number {
  return (
    order(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    order(rankOfPre(a), rankOfPre(b)) ||
    order(a.pre?.[1] ?? 0, b.pre?.[1] ?? 0) ||
    order(a.post ?? -1, b.post ?? -1) ||
    order(a.dev ?? Number.POSITIVE_INFINITY, b.dev ?? Number.POSITIVE_INFINITY) ||
    compareLocals(a.local, b.local)
  );
}

// As if the shorter one ended in zeros.
function compareReleases(a: Version['release'], b: Version['release']): number {
  const [left, right] = [withoutTrailingZeros(a), withoutTrailingZeros(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const result = order(left[index] ?? 0, right[index] ?? 0);
    if (result !== 0) return result;
  }
  return 0;
}

const RANKS = { a: 1, b: 2, rc: 3 } as const;

// `1.0.dev1` comes before `1.0a1`; a release without a pre-release part comes after all that have one.
function rankOfPre({ pre, post, dev }: Version): number {
  if (pre !== undefined) return RANKS[pre[0]];
  return post === undefined && dev !== undefined ? 0 : 4;
}

function compareLocals(a: Version['local'], b: Version['local']): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const result = compareParts(a[index] ?? 0, b[index] ?? 0);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

// Words come before numbers.
function compareParts(a: VersionNumber | string, b: VersionNumber | string): number {
  if (typeof a === 'string' && typeof b === 'string') return order(a, b);
  if (typeof a === 'string') return -1;
  return typeof b === 'string' ? 1 : order(a, b);
}

// A `number` and a `bigint` can be compared by `<`, and are never equal here.
function order<T extends VersionNumber | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
