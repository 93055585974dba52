import { ParseError } from '../parse-error.ts';

/** A number of a version: a `bigint` where it is too large for a `number` to hold exactly (`20240101123456789012`). */
export type VersionNumber = number | bigint;

/** The kind of a pre-release in its normalized spelling. */
export type PreReleaseKind = 'a' | 'b' | 'rc';

/** A version as PEP 440 defines it, taken apart and normalized. */
export interface Version {
  /** 0 where none is written. */
  readonly epoch: VersionNumber;
  /** One number at least, trailing zeros included: `1.0` gives `[1, 0]`. */
  readonly release: readonly VersionNumber[];
  readonly pre?: readonly [kind: PreReleaseKind, number: VersionNumber];
  readonly post?: VersionNumber;
  readonly dev?: VersionNumber;
  /** Lower case; a part of digits alone is a number. */
  readonly local?: readonly (VersionNumber | string)[];
}

// The spellings of appendix B of PEP 440. `-1` is a post-release only without letters before it.
const VERSION =
  /^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]+)?)?(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]+)?)?(?:[-_.]?(dev)[-_.]?([0-9]+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?/i;

/**
 * Reads a version in any spelling that PEP 440 permits; white space around it is ignored.
 *
 * @throws ParseError when it is not a version, or one of its numbers has more than 4,300 digits (CPython's own limit)
 */
export function parseVersion(text: string): Version {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const found = VERSION.exec(trimmed);
  if (found === null) throw new ParseError('expected a version', text, start);
  const [all, epoch = '0', release = '', kind, pre, implicitPost, postWord, post, devWord, dev, local] = found;
  if (all.length < trimmed.length) {
    throw new ParseError('expected the end of the version', text, start + all.length);
  }
  if (trimmed.length > 4300 && trimmed.split(/[^0-9]/).some(({ length }) => length > 4300)) {
    throw new ParseError('a number of the version is too long', text, start);
  }
  const postNumber = implicitPost ?? (postWord === undefined ? undefined : (post ?? '0'));
  return {
    epoch: toNumber(epoch),
    release: release.split('.').map(toNumber),
    ...(kind !== undefined && { pre: [preReleaseKind(kind), toNumber(pre ?? '0')] as const }),
    ...(postNumber !== undefined && { post: toNumber(postNumber) }),
    ...(devWord !== undefined && { dev: toNumber(dev ?? '0') }),
    ...(local !== undefined && { local: local.toLowerCase().split(/[-_.]/).map(toLocalPart) }),
  };
}

/** Whether a text is a version that {@link parseVersion} reads. */
export function isVersion(text: string): boolean {
  return tryVersion(text) !== undefined;
}

/** A version, or `undefined` where {@link parseVersion} would throw. */
export function tryVersion(text: string): Version | undefined {
  try {
    return parseVersion(text);
  } catch {
    return undefined;
  }
}

/** Whether it is an alpha, beta, release candidate or development release. */
export function isPreRelease(version: Version): boolean {
  return version.pre !== undefined || version.dev !== undefined;
}

function preReleaseKind(written: string): PreReleaseKind {
  const letter = written.toLowerCase()[0];
  return letter === 'a' || letter === 'b' ? letter : 'rc';
}

function toLocalPart(part: string): VersionNumber | string {
  return /^[0-9]+$/.test(part) ? toNumber(part) : part;
}

function toNumber(digits: string): VersionNumber {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
