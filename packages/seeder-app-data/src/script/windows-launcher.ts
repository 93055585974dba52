import { win32 } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Environment } from '@vivarium/core/plugin';
import { type PlacedFile, WheelError } from '@vivarium/wheel-resolver/reading';

/**
 * A command for Windows: the launcher that pip carries, the interpreter to start, and an archive with the script. The
 * launcher looks for the interpreter from its own directory, so that the file is the same in every environment.
 */
export function windowsCommand(script: string, launcher: Buffer, { layout }: Environment): Buffer {
  const executable = win32.relative(layout.scripts, layout.executable);
  return Buffer.concat([launcher, Buffer.from(`#!<launcher_dir>\\${executable}\r\n`), archive(script)]);
}

/** The launcher that fits an interpreter, with a console or without one, out of the files of a wheel of pip. */
export function findLauncher(pip: readonly PlacedFile[], { interpreter }: Environment, isGui: boolean): Buffer {
  const kind = interpreter.machine === 'arm64' ? '64-arm' : interpreter.bits === 32 ? '32' : '64';
  const name = `${isGui ? 'w' : 't'}${kind}`;
  const file = pip.find(({ path }) => path === `pip/_vendor/distlib/${name}.exe`);
  if (file === undefined) throw new WheelError(`it has no launcher ${name}.exe for commands on Windows`);
  return file.contents;
}

// Python runs an archive that is named as its script if there is a __main__.py in it (zipapp). Stored, not packed.
function archive(script: string): Buffer {
  const name = Buffer.from('__main__.py');
  const contents = Buffer.from(script);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  // The first of January 1980, the earliest date that the format knows, so that the bytes are always the same.
  common.writeUInt16LE(0x0021, 8);
  common.writeUInt32LE(crc32(contents), 10);
  common.writeUInt32LE(contents.length, 14);
  common.writeUInt32LE(contents.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, contents]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
