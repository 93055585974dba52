/** What there is to know of an algorithm that digests are checked with. */
export interface HashAlgorithm {
  /** By the name of Node's `crypto`. */
  readonly node: string;
  /** Characters of a digest in hexadecimal. */
  readonly length: number;
  /** Good enough to be the only one. */
  readonly isSecure: boolean;
}

/** The algorithms that are checked, by the names of Python's `hashlib`. */
export const HASH_ALGORITHMS: ReadonlyMap<string, HashAlgorithm> = new Map([
  ['sha256', { node: 'sha256', length: 64, isSecure: true }],
  ['sha384', { node: 'sha384', length: 96, isSecure: true }],
  ['sha512', { node: 'sha512', length: 128, isSecure: true }],
  ['sha224', { node: 'sha224', length: 56, isSecure: false }],
  ['sha1', { node: 'sha1', length: 40, isSecure: false }],
  ['md5', { node: 'md5', length: 32, isSecure: false }],
  ['sha3_224', { node: 'sha3-224', length: 56, isSecure: false }],
  ['sha3_256', { node: 'sha3-256', length: 64, isSecure: false }],
  ['sha3_384', { node: 'sha3-384', length: 96, isSecure: false }],
  ['sha3_512', { node: 'sha3-512', length: 128, isSecure: false }],
  ['blake2b', { node: 'blake2b512', length: 128, isSecure: false }],
  ['blake2s', { node: 'blake2s256', length: 64, isSecure: false }],
]);

/** What is wrong with a digest for an algorithm, if it is one that is known. */
export function digestProblem(algorithm: string, digest: string): string | undefined {
  const length = HASH_ALGORITHMS.get(algorithm)?.length;
  if (length === undefined || (digest.length === length && /^[0-9a-f]+$/i.test(digest))) return undefined;
  return `a digest of ${algorithm} has ${length} hexadecimal digits`;
}
