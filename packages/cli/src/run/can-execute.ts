import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';

/**
 * Whether the system is certain to start a file. Where `process.execve` fails, Node aborts; so it is only called with
 * programs for the machine that Node itself is built for, whose loader exists, and with scripts of such a program.
 * Everything else is started as a process of its own, which tells what is wrong.
 */
export function canExecute(file: string, depth = 0): boolean {
  try {
    accessSync(file, constants.X_OK);
    if (!statSync(file).isFile() || depth > MAX_DEPTH) return false;
    const start = startOf(file);
    const script = /^#![ \t]*([^\s]+)/.exec(start.subarray(0, MAX_SCRIPT_LINE).toString('latin1'))?.[1];
    if (script !== undefined) return canExecute(Buffer.from(script, 'latin1').toString(), depth + 1);
    return isLikeNode(start) && hasLoader(start);
  } catch {
    return false;
  }
}

/** Linux follows no more than this many scripts that are run by scripts. */
const MAX_DEPTH = 4;
/** Where Linux cuts the first line of a script. */
const MAX_SCRIPT_LINE = 255;
const MAX_START = 4096;
/** Format, class, byte order and system of an ELF file, or format and machine of a Mach-O file. */
const IDENTITY = 7;
/** Where an ELF file names its machine. */
const MACHINE = [18, 20] as const;

function isLikeNode(start: Buffer): boolean {
  const own = startOf(process.execPath);
  const isElf = own.subarray(0, 4).equals(ELF);
  return (
    start.length > MACHINE[1] &&
    start.subarray(0, IDENTITY).equals(own.subarray(0, IDENTITY)) &&
    (!isElf || start.subarray(...MACHINE).equals(own.subarray(...MACHINE)))
  );
}

const ELF = Buffer.from('\x7fELF', 'latin1');

/** The loader that an ELF file names stands near its beginning, followed by a zero byte. */
function hasLoader(start: Buffer): boolean {
  const texts = start.toString('latin1').split('\0').slice(0, -1);
  const paths = texts.map((text) => text.slice(Math.max(0, text.indexOf('/'))));
  const loader = paths.find((path) => /^\/.*\/(?:ld|ld-[^/]*|ld\.so[^/]*)$/.test(path));
  return loader === undefined || statSync(loader, { throwIfNoEntry: false }) !== undefined;
}

function startOf(file: string): Buffer {
  const open = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(MAX_START);
    return bytes.subarray(0, readSync(open, bytes, 0, MAX_START, 0));
  } finally {
    closeSync(open);
  }
}
