import { parseVersion, type Version } from './version.ts';

/** The normalized spelling of a version: `1.0RC-1` gives `1.0rc1`. */
export function formatVersion(version: Version): string {
  const local = version.local === undefined ? '' : `+${version.local.join('.')}`;
  return `${formatPublicVersion(version)}${local}`;
}

/** The normalized spelling without the local part. */
export function formatPublicVersion({ epoch, release, pre, post, dev }: Version): string {
  return [
    epoch === 0 ? '' : `${epoch}!`,
    release.join('.'),
    pre === undefined ? '' : pre.join(''),
    post === undefined ? '' : `.post${post}`,
    dev === undefined ? '' : `.dev${dev}`,
  ].join('');
}

/**
 * One text for all spellings of versions that are equal: `v1.0.0` and `1` both give `1`.
 *
 * @throws ParseError when the text is not a version
 */
export function canonicalizeVersion(text: string): string {
  const version = parseVersion(text);
  return formatVersion({ ...version, release: withoutTrailingZeros(version.release) });
}

/** A release without the zeros at its end, of which one stays where there is nothing else. */
export function withoutTrailingZeros(release: Version['release']): Version['release'] {
  const last = release.findLastIndex((number) => number !== 0);
  return release.slice(0, Math.max(1, last + 1));
}
