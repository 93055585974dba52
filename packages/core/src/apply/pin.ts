import { closeSync, constants, fstatSync, lstatSync, openSync, statSync } from 'node:fs';

/** A directory that is held, so that it can be recognised and reached even if another process renames it. */
export interface Pin {
  /**
   * A path to the directory itself. On Linux it leads there whatever the directory is called now and whatever has taken
   * its place; elsewhere it is the name that it was opened by.
   */
  readonly path: string;
  /** The user that the directory belongs to, as the file system reports it. */
  readonly uid: bigint;
  /** Whether the directory is (still, again) what `name` leads to. */
  isAt(name: string): boolean;
  /** Lets go of the directory. */
  close(): void;
}

// `O_NOFOLLOW` and `O_DIRECTORY` do not exist on Windows, where a directory can't be opened either.
const DIRECTORY_ITSELF = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
const CAN_OPEN_DIRECTORIES = process.platform !== 'win32';

/**
 * Holds a directory. As long as it is open its inode number is not given to another one, and file systems that invent
 * such numbers keep this one.
 *
 * @throws the system's error where `name` is not a directory (a symbolic link is none) or can't be opened
 */
export function pin(name: string): Pin {
  const fd = CAN_OPEN_DIRECTORIES ? openSync(name, DIRECTORY_ITSELF) : undefined;
  const held = fd === undefined ? lstatSync(name, { bigint: true }) : fstatSync(fd, { bigint: true });
  const isSame = (path: string, stat: typeof statSync): boolean => {
    try {
      const { dev, ino } = stat(path, { bigint: true }) as { dev: bigint; ino: bigint };
      return dev === held.dev && ino === held.ino;
    } catch {
      return false;
    }
  };
  // proc(5). It is missing in some chroots, and other systems have no such thing.
  const itself = fd === undefined ? name : `/proc/self/fd/${fd}`;
  return {
    path: process.platform === 'linux' && isSame(itself, statSync) ? itself : name,
    uid: held.uid,
    isAt: (path) => isSame(path, lstatSync as typeof statSync),
    close() {
      if (fd !== undefined) closeSync(fd);
    },
  };
}
