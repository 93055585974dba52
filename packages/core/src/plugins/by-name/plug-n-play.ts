import nodeModule from 'node:module';
import { join, relative } from 'node:path';

/** What is used of Yarn's Plug'n'Play: it knows which package may use which, and where they lie (often inside a zip). */
export interface PlugNPlay {
  resolveToUnqualified(request: string, issuer: string): string | null;
  resolveRequest(request: string, issuer: string, options: { readonly conditions: ReadonlySet<string> }): string | null;
  getPackageInformation(locator: unknown): { readonly packageLocation: string } | null;
  readonly topLevel: unknown;
}

/**
 * Plug'n'Play, if this process was started with it and it is responsible for a directory. A `.pnp.cjs` that merely is
 * there is code like any other and is not run.
 */
export function plugNPlayFor(directory: string): PlugNPlay | undefined {
  if (process.versions.pnp === undefined) return undefined;
  const { findPnpApi } = nodeModule as { findPnpApi?: (path: string) => PlugNPlay | null };
  return findPnpApi?.(join(directory, '/')) ?? undefined;
}

/** Whether this process was started with the Plug'n'Play of the project in that directory. */
export function isPlugNPlayOf(directory: string): boolean {
  const api = plugNPlayFor(directory);
  const location = api?.getPackageInformation(api.topLevel)?.packageLocation;
  return location !== undefined && relative(location, directory) === '';
}
