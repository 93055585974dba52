import { expect, test } from 'vitest';
import { sipHash } from '../../src/apply/siphash.ts';

const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);

/** The text whose bytes are 0, 1, 2 …, which the authors' test vectors are of. */
function counting(length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, index) => index));
}

test.each([
  // The reference vectors of SipHash-2-4; 15 bytes are the example of the paper's appendix A.
  ['nothing', '', '726fdb47dd0e0e31'],
  ['one byte', counting(1), '74f839c593dc67fd'],
  ['one byte less than a word', counting(7), 'ab0200f58b01d137'],
  ['a whole word', counting(8), '93f5f5799a932462'],
  ['one byte more than a word', counting(9), '9e0082df0ba9e4b0'],
  ['15 bytes', counting(15), 'a129ca6149be45e5'],
  ['63 bytes', counting(63), '958a324ceb064572'],
  // By `openssl mac -macopt size:8 SIPHASH`.
  ['more bytes than the length in the last word counts', 'x'.repeat(300), '11a8091bcf4bc254'],
  ['what is more than one byte in UTF-8', '/home/é/ü', '3dcd7bbadcdf4135'],
  ['what begins with a zero', '12', '02a00b1b33fe08a8'],
])('SipHash-2-4 of %s is that of other implementations', (_, text, expected) => {
  expect(sipHash(KEY, text)).toBe(expected);
});

test('a key can lie anywhere in memory', () => {
  const memory = new Uint8Array(32);
  memory.set(KEY, 5);
  expect(sipHash(memory.subarray(5, 21), counting(15))).toBe('a129ca6149be45e5');
});
