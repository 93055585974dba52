import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Why an environment must not share files with the cache: a clause that completes "because …". A file that two
 * environments share by hard link has one owner. Root can give an environment to another user, who could then change
 * files that root runs in others. That is certain to come, and can't be seen beforehand, where root creates one in a
 * directory of another user; whatever is given away later is noticed when the image is used again.
 */
export function whyCopied(destination: string): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid } = nearest(destination);
  return uid === 0 ? undefined : `root creates it in a directory of user ${uid}`;
}

function nearest(path: string): Pick<Stats, 'uid'> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) return stats;
  const parent = dirname(path);
  return parent === path ? { uid: 0 } : nearest(parent);
}
