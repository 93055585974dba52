import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Module } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { isOnlyOurs } from './compiled-code-directory.ts';

/** What is to be loaded, and how. */
export interface CompileRequest {
  /** The CommonJS file, absolute. */
  readonly file: string;
  /** The directory that holds compiled code; it need not exist. */
  readonly directory: string;
  /** What the file's own `require` is to be. */
  readonly require: NodeJS.Require;
  /** Tells code apart that is compiled with different settings of V8: a part of a file's name. */
  readonly variant: string;
  /** Whether code that this run compiles is kept. */
  readonly isKept: boolean;
}

/**
 * Loads a CommonJS file with the code that an earlier process compiled, and keeps that code for later ones: what
 * `module.enableCompileCache` does where Node has it.
 */
export function compileWithCache({ file, directory, require, variant, isKept }: CompileRequest): unknown {
  const { source, identity } = read(file);
  const entry = join(directory, `${identity}-${process.version}-${process.arch}-${variant}`);
  const cachedData = readEntry(entry, directory);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (isKept && (cachedData === undefined || script.cachedDataRejected === true)) {
    // At the end it is known which functions a run needs; those are compiled, and no others.
    process.once('exit', () => {
      if (!hasStartedProcesses()) writeEntry(entry, script.createCachedData());
    });
  }
  const module = new Module(file);
  // The other file of the command asks for this one.
  require.cache[file] = module;
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  // Node takes what asks for it from here on for a circle, and warns of that, unless it is told.
  module.loaded = true;
  return module.exports;
}

/** A file's text, and what tells this state of it from another: V8 itself compares nothing but its length. */
function read(file: string): { source: string; identity: string } {
  const handle = openSync(file, 'r');
  try {
    const { size, mtimeMs } = fstatSync(handle);
    // The build writes nothing but ASCII.
    return { source: readFileSync(handle, 'latin1'), identity: `${size}-${mtimeMs}` };
  } finally {
    closeSync(handle);
  }
}

/** Compiled code, unless it was damaged since or others could have written it. */
function readEntry(entry: string, directory: string): Buffer | undefined {
  try {
    const bytes = readFileSync(entry);
    if (!isOnlyOurs(directory)) return undefined;
    const code = bytes.subarray(CHECKSUM_BYTES);
    return bytes.length > CHECKSUM_BYTES && bytes.readUInt32LE(0) === checksum(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeEntry(entry: string, code: Buffer): void {
  const temporary = `${entry}.${process.pid}.tmp`;
  try {
    makeDirectory(dirname(entry));
    const head = Buffer.alloc(CHECKSUM_BYTES);
    head.writeUInt32LE(checksum(code));
    writeFileSync(temporary, Buffer.concat([head, code]), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, entry);
  } catch {
    // No one waits for it, and the next run tries again.
    remove(temporary);
  }
}

function remove(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // A directory that can't be written any more, or is none: nothing was written there.
  }
}

/** Whether this run did what later ones are spared: it asked an interpreter or compiled packages. */
function hasStartedProcesses(): boolean {
  const { moduleLoadList } = process as { moduleLoadList?: readonly string[] };
  return moduleLoadList?.includes('NativeModule child_process') ?? false;
}

// Not with the cache around it: one that was emptied and removed in the meantime stays removed.
function makeDirectory(directory: string): void {
  for (const path of [dirname(directory), directory]) if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
}

const CHECKSUM_BYTES = 8;
// Disks lose whole blocks, of 512 bytes and more; a word of each tells of that, and is read in no time.
const STRIDE = 128;

// V8 runs what it is given; a file that was cut off or damaged would end the process.
function checksum(code: Buffer): number {
  const words = new Int32Array(code.buffer, code.byteOffset, code.length >> 2);
  let sum = code.length;
  for (let index = 0; index < words.length; index += STRIDE) sum = (Math.imul(sum, 31) + (words[index] ?? 0)) | 0;
  return sum >>> 0;
}
