/**
 * A short name for a text, 16 hexadecimal digits: the same for the same text, another for another as far as chance goes
 * (FNV-1a over two lanes, and the last step of MurmurHash3 over each). It protects against nothing: where others may
 * want a collision, use SHA-256. It is here because loading Node's cryptography takes longer than most runs have.
 */
export function fingerprint(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit ^ (one >>> 15), 0x01000193);
  }
  return hex(mix(one ^ text.length)) + hex(mix(two + one));
}

function mix(lane: number): number {
  let mixed = lane;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
