import { lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, temporaryName, withClaim } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';
import { type InstalledBuild, listBuilds } from './builds.ts';
import { linkName, type Series } from './receipt.ts';

/** Which link is to be right. */
interface MinorLinkRequest {
  readonly store: string;
  readonly series: Series;
  /** The name of a build that is about to be removed. */
  readonly without?: string;
  readonly context: Context;
}

/**
 * Lets the link of a minor version lead to the newest of its builds that are installed; without one the link goes.
 * Environments that were created with it have that Python then. Every build in the store was started before it came there.
 */
export async function updateMinorLink(request: MinorLinkRequest): Promise<void> {
  const { store, series, context } = request;
  const { cache, signal } = context;
  const destination = join(store, linkName(series));
  const isSettled = (): boolean => newestOf(request)?.link !== undefined;
  if (isSettled()) return;
  await withClaim({ destination, cache, signal, isShown: true, isSettled }, async () => {
    for (const name of namesIn(store).filter((each) => each.startsWith(nextPrefix(series)))) rmSync(join(store, name));
    const newest = newestOf(request);
    if (newest === undefined) removeMinorLink(store, series);
    else if (newest.link === undefined) setMinorLink(store, newest, newest.name);
  });
}

function newestOf({ store, series, without }: MinorLinkRequest): InstalledBuild | undefined {
  const builds = listBuilds(store).filter((build) => linkName(build) === linkName(series));
  return builds.find(({ name }) => name !== without);
}

/** What a link is called before it takes its place. */
function nextPrefix(series: Series): string {
  return `.link-${linkName(series)}@`;
}

/**
 * Lets the link of a minor version lead to a build, in one step. Relative, so that a store can be moved; on Windows a
 * junction, which every user may create, and which has to be absolute and can't be replaced in one step.
 */
function setMinorLink(store: string, build: Series, name: string): void {
  const link = join(store, linkName(build));
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isSymbolicLink()) throw new Error(`${link} is not a link`);
  const isWindows = process.platform === 'win32';
  const next = join(store, `${nextPrefix(build)}${temporaryName()}`);
  symlinkSync(isWindows ? join(store, name) : name, next, 'junction');
  try {
    if (isWindows) rmSync(link, { force: true });
    renameSync(next, link);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function removeMinorLink(store: string, build: Series): void {
  const link = join(store, linkName(build));
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(link, { force: true });
}
