/**
 * A time for the files of an image, in milliseconds since 1970: that of now in even seconds, which is what FAT keeps, and
 * so every file system.
 */
export function stampNow(): number {
  return Math.floor(Date.now() / 2000) * 2000;
}
