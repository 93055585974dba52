/** A file in an archive. */
export interface TarFile {
  readonly name: string;
  readonly contents: string;
}

const BLOCK = 512;

/** A tar archive (POSIX ustar) of these files, in this order. Names have at most 100 bytes. */
export function makeTar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ name, contents }) => {
    const bytes = Buffer.from(contents);
    return [header(name, bytes.length), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  // The check sum is that of a header with blanks in its place.
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
