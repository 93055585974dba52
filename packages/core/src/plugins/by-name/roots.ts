import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { SettingSource } from '../../settings/source.ts';
import type { PluginHost } from '../plugin-host.ts';

/**
 * The directories that packages are looked for from, in order: that of the file which named them (for flags, variables
 * and calls the working directory), that of the path by which the program was started, where the program really is, and
 * what the user added. From each of them Node's own rule is followed, upward through `node_modules`.
 */
export function rootsFor(source: SettingSource, host: PluginHost, added: readonly string[]): readonly string[] {
  const startedAs = startPath(host);
  return [
    ...new Set([
      source.file === undefined ? host.cwd : dirname(source.file),
      ...(startedAs === undefined ? [] : [dirname(startedAs)]),
      ...(host.ownFile === undefined ? [] : [dirname(host.ownFile)]),
      ...added,
    ]),
  ];
}

/**
 * Whether the program was started out of the `node_modules` of the directory that a project's file stands in: then its
 * packages run anyway, and naming one in the file adds nothing to that.
 */
export function isStartedFrom(directory: string, host: PluginHost): boolean {
  const inside = [directory, real(directory)].map(
    (path) => `${path}${path.endsWith(sep) ? '' : sep}node_modules${sep}`,
  );
  return [startPath(host), host.ownFile].some((path) => path !== undefined && inside.some((it) => path.startsWith(it)));
}

function startPath({ startedAs = process.argv[1] }: PluginHost): string | undefined {
  return startedAs;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
