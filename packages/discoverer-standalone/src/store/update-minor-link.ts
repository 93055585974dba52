import { join } from 'node:path';
import { withClaim } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';
import { type InstalledBuild, listBuilds } from './builds.ts';
import { linkName, removeMinorLink, setMinorLink } from './minor-link.ts';
import type { Receipt } from './receipt.ts';

type Series = Pick<Receipt, 'version' | 'freeThreaded' | 'platform'>;

/**
 * Lets the link of a minor version lead to the newest of its builds that are installed; without one the link goes.
 * Environments that were created with it have that Python then. Every build in the store was started before it came there.
 */
export async function updateMinorLink(store: string, series: Series, { cache, signal }: Context): Promise<void> {
  const destination = join(store, linkName(series));
  const isSettled = (): boolean => isRight(store, series);
  if (isSettled()) return;
  await withClaim({ destination, cache, signal, isShown: true, isSettled }, async () => {
    const [newest] = buildsOf(store, series);
    if (newest === undefined) removeMinorLink(store, series);
    else if (newest.link === undefined) setMinorLink(store, newest, newest.name);
  });
}

function isRight(store: string, series: Series): boolean {
  const [newest] = buildsOf(store, series);
  return newest?.link !== undefined;
}

function buildsOf(store: string, series: Series): readonly InstalledBuild[] {
  return listBuilds(store).filter((build) => linkName(build) === linkName(series));
}
