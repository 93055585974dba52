import { sep } from 'node:path';
import type { InstalledBuild } from '../store/builds.ts';

/** An environment, and the paths by which it names its Python: `home` and `executable` of its `pyvenv.cfg`, its links. */
export interface EnvironmentUse {
  /** Absolute. */
  readonly directory: string;
  readonly paths: readonly string[];
}

/** An environment that uses a build, and whether it names the link of its minor version. */
export interface User {
  readonly directory: string;
  readonly isByLink: boolean;
}

/**
 * The environments that use a build: those that name it, and those that name the link of its minor version while that
 * leads to it.
 */
export function usersOf({ directory, link }: InstalledBuild, environments: readonly EnvironmentUse[]): readonly User[] {
  const [own, linked] = [below(directory), link === undefined ? undefined : below(link)];
  return environments.flatMap(({ directory: environment, paths }): readonly User[] => {
    if (linked !== undefined && paths.some(linked)) return [{ directory: environment, isByLink: true }];
    return paths.some(own) ? [{ directory: environment, isByLink: false }] : [];
  });
}

function below(directory: string): (path: string) => boolean {
  return (path) => path === directory || path.startsWith(`${directory}${sep}`);
}
