import { unifyMachine } from '@vivarium/core/internal';
import { readPart, readStart } from '../read/read-start.ts';
import type { Binary } from './inspection.ts';

/** `e_machine` of the ELF specification's registry. */
const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x86_64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loongarch64',
};

/** `Machine` of a PE header ("PE Format", Microsoft). */
const PE_MACHINES: Readonly<Record<number, string>> = { 332: 'x86', 34404: 'x86_64', 43620: 'arm64' };

/** `cputype` of a Mach-O header (`mach/machine.h`). */
const MACH_MACHINES: Readonly<Record<number, string>> = { 7: 'x86', 16777223: 'x86_64', 16777228: 'arm64' };

const PT_INTERP = 3;

/** What an executable or a shared library is built for, by its first bytes. `undefined` for anything else. */
export function readBinary(path: string): Binary | undefined {
  const head = readStart(path, 4096);
  if (head === undefined || head.length < 4) return undefined;
  if (head.readUInt32BE(0) === 0x7f454c46) return readElf(path, head);
  if (head.toString('latin1', 0, 2) === 'MZ') return readPe(head);
  if (head.toString('latin1', 0, 2) === '#!') return { format: 'script' };
  return readMachO(head);
}

function readElf(path: string, head: Buffer): Binary | undefined {
  if (head.length < 64) return undefined;
  const isLittle = head[5] === 1;
  const u16 = (at: number): number => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const number = ELF_MACHINES[u16(18)];
  // Of 64-bit PowerPC both byte orders have one number.
  const machine = number === 'ppc64' && isLittle ? 'ppc64le' : number;
  const loader = loaderOf(path, head, isLittle);
  const libc = libcOf(loader);
  return {
    format: 'elf',
    ...(machine === undefined ? {} : { machine: unifyMachine(machine) }),
    ...(libc === undefined ? {} : { libc }),
    ...(loader === undefined ? {} : { loader }),
  };
}

/** The C library by the name of the program interpreter, `/lib/ld-musl-x86_64.so.1` or `/lib64/ld-linux-x86-64.so.2`. */
function libcOf(loader: string | undefined): Binary['libc'] {
  if (loader?.includes('/ld-musl-')) return 'musl';
  return loader?.includes('/ld-linux') || loader?.includes('/ld64.so') ? 'glibc' : undefined;
}

/** The program interpreter of an ELF file: the segment PT_INTERP. */
function loaderOf(path: string, head: Buffer, isLittle: boolean): string | undefined {
  const is64 = head[4] === 2;
  const u16 = (at: number): number => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const word = (at: number): number => {
    if (!is64) return isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at);
    return Number(isLittle ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at));
  };
  const [start, size, count] = [word(is64 ? 32 : 28), u16(is64 ? 54 : 42), u16(is64 ? 56 : 44)];
  for (let index = 0; index < count; index += 1) {
    const at = start + index * size;
    if (size < 32 || at + (is64 ? 56 : 32) > head.length) return undefined;
    if ((isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at)) !== PT_INTERP) continue;
    const [offset, length] = [word(at + (is64 ? 8 : 4)), word(at + (is64 ? 32 : 16))];
    const name = readPart(path, Math.min(length, 256), Math.min(offset, Number.MAX_SAFE_INTEGER))?.toString('utf8');
    return name?.split('\0', 1)[0] || undefined;
  }
  return undefined;
}

function readPe(head: Buffer): Binary {
  const at = head.length >= 64 ? head.readUInt32LE(60) : 0;
  const machine = at > 0 && at + 6 <= head.length ? PE_MACHINES[head.readUInt16LE(at + 4)] : undefined;
  return { format: 'pe', ...(machine === undefined ? {} : { machine }) };
}

function readMachO(head: Buffer): Binary | undefined {
  const magic = head.readUInt32LE(0);
  // A universal binary runs on each machine that it has a part for.
  if (head.readUInt32BE(0) === 0xcafebabe) return { format: 'mach-o' };
  if (magic !== 0xfeedfacf && magic !== 0xfeedface) return undefined;
  const machine = head.length >= 8 ? MACH_MACHINES[head.readUInt32LE(4)] : undefined;
  return { format: 'mach-o', ...(machine === undefined ? {} : { machine }) };
}
