import { resolve } from 'node:path';
import { defineOptions } from '@vivarium/core/host';
import type { Listed, ListedEnvironment, TrashEntry } from '@vivarium/environments';
import { listLines } from '../environments/row.ts';
import { envelope, type JsonError, jsonError } from '../json/envelope.ts';
import { assertReachable, currentDirectory } from '../start/cwd.ts';
import { confirm } from '../terminal/confirm.ts';
import { print } from '../terminal/console.ts';
import { printError } from '../terminal/print-error.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { usageError } from './positionals.ts';

/** The options of commands that remove something. */
export const removalOptions = defineOptions({
  yes: { type: 'boolean', default: false, short: 'y', help: 'do not ask', group: 'Options' },
  dryRun: { type: 'boolean', default: false, help: 'print what would be removed and change nothing', group: 'Options' },
});

const removeOptions = defineOptions({
  ...removalOptions,
  force: {
    type: 'boolean',
    default: false,
    help: 'also an environment with a version control repository in it',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium remove ENV...` */
export const command: Command = {
  description: [
    'Removes environments, after it has shown them and asked. `vivarium undo` restores them within a day. What is no',
    'environment, a home directory, a repository, or an installed Python is never removed. A redirect stays: what it names is',
    'removed.',
  ],
  options: () => removeOptions,
  completes: 'environments',
  run: remove,
};

async function remove(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'remove', options: removeOptions });
  if (positionals.length === 0) throw usageError('Missing required argument ENV');
  const cwd = currentDirectory();
  const { inspect, assertRemovable } = await import('@vivarium/environments');
  const targets = positionals.map((path): ListedEnvironment => {
    assertReachable(path, cwd);
    const inspection = inspect(resolve(cwd, path), { packages: false, size: true });
    assertRemovable({ directory: inspection.directory, force: settings.force });
    return { inspection };
  });
  await removeAll('remove', targets, settings);
}

/** What {@link removeAll} is told by the options of a command. */
interface RemovalSettings {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly withTraceback: boolean;
  readonly force?: boolean;
}

/**
 * Shows environments, asks, and removes them. One that cannot be removed leaves the others alone.
 *
 * @param command the name of the command, for its document
 */
export async function removeAll(
  command: string,
  targets: readonly ListedEnvironment[],
  { yes, dryRun, json, withTraceback, force = false }: RemovalSettings,
): Promise<void> {
  if (!json && targets.length > 0) print(listLines(targets as readonly Listed[], Date.now()).join('\n'));
  const paths = targets.map(({ inspection }) => inspection.directory);
  if (dryRun || paths.length === 0) {
    if (json) print(envelope(command, { wouldRemove: paths }));
    else print(`would remove ${countOf(paths)}`);
    return;
  }
  if (!yes && !(await confirm(`Remove ${countOf(paths)}?`))) {
    if (json) print(envelope(command, { removed: [] }));
    return;
  }
  const { openTrash, removeEnvironment } = await import('@vivarium/environments');
  const trash = openTrash(process.env);
  const removed: { readonly path: string; readonly entry: TrashEntry | undefined }[] = [];
  const errors: JsonError[] = [];
  for (const directory of paths) {
    try {
      removed.push({ path: directory, entry: removeEnvironment({ directory, trash, force }) });
    } catch (error) {
      errors.push(jsonError(error));
      process.exitCode = printError(error, { withTraceback });
    }
  }
  if (json) {
    const rows = removed.map(({ path, entry }) => ({ path, canBeRestored: entry !== undefined }));
    return print(envelope(command, { removed: rows }, errors));
  }
  for (const { path, entry } of removed) {
    print(
      entry === undefined
        ? `removed ${path}; it was not kept, since it is on another file system than the home directory`
        : `removed ${path}`,
    );
  }
  if (removed.some(({ entry }) => entry !== undefined)) print('vivarium undo restores it within a day');
}

function countOf(paths: readonly string[]): string {
  return paths.length === 1 ? (paths[0] as string) : `${paths.length} environments`;
}
