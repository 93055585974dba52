/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed function of a text, 16 hexadecimal digits. No one who does not
 * have the key can compute it or learn the key from it. Node's own cryptography has HMAC for this, and takes longer to
 * load than a whole environment takes to create.
 *
 * @param key 16 bytes
 */
export function sipHash(key: Uint8Array, text: string): string {
  const [k0, k1] = [wordAt(key, 0), wordAt(key, 8)];
  const state: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  for (const word of wordsOf(new TextEncoder().encode(text))) {
    state[3] ^= word;
    mix(state, 2);
    state[0] ^= word;
  }
  state[2] ^= 0xffn;
  mix(state, 4);
  return (state[0] ^ state[1] ^ state[2] ^ state[3]).toString(16).padStart(16, '0');
}

type State = [bigint, bigint, bigint, bigint];

/** The text in words of eight bytes; the last one carries its length. */
function wordsOf(bytes: Uint8Array): readonly bigint[] {
  const padded = new Uint8Array((Math.floor(bytes.length / 8) + 1) * 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 0xff;
  return Array.from({ length: padded.length / 8 }, (_, index) => wordAt(padded, index * 8));
}

function wordAt(bytes: Uint8Array, offset: number): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(offset, true);
}

function mix(state: State, rounds: number): void {
  let [v0, v1, v2, v3] = state;
  for (let round = 0; round < rounds; round += 1) {
    v0 = add(v0, v1);
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = add(v2, v3);
    v3 = rotate(v3, 16n) ^ v2;
    v0 = add(v0, v3);
    v3 = rotate(v3, 21n) ^ v0;
    v2 = add(v2, v1);
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  }
  state.splice(0, 4, v0, v1, v2, v3);
}

const add = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a + b);
const rotate = (word: bigint, by: bigint): bigint => BigInt.asUintN(64, (word << by) | (word >> (64n - by)));
