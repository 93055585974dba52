import { coreOptions, defineOptions, openConfiguredCache, stepLine } from '@vivarium/core/host';
import { commonOptions } from '../commands/common-options.ts';
import { ownSettings } from '../commands/own-settings.ts';
import { assertNoMore, usageError } from '../commands/positionals.ts';
import { envelope } from '../json/envelope.ts';
import { assertReachable, currentDirectory } from '../start/cwd.ts';
import { openConsole, print } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { scriptQuotes } from './script-quotes.ts';

const { appData, readOnlyAppData, resetAppData } = coreOptions;

/** The options of `move` and `clone`. */
export const relocateOptions = defineOptions({
  dryRun: { type: 'boolean', default: false, help: 'print what would be done and change nothing', group: 'Options' },
  appData,
  readOnlyAppData: { ...readOnlyAppData, hidden: true },
  resetAppData: { ...resetAppData, hidden: true },
  ...commonOptions,
});

/** Moves or clones an environment, and says what was rewritten and what could not be. */
export async function relocateWith(command: 'move' | 'clone', args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command, options: relocateOptions });
  const [source, destination] = positionals;
  if (source === undefined) throw usageError('Missing required argument ENV');
  if (destination === undefined) throw usageError('Missing required argument DEST');
  assertNoMore(positionals, 2);
  const cwd = currentDirectory();
  for (const path of [source, destination]) assertReachable(path, cwd);
  const { env } = process;
  const { warn } = openConsole(0);
  const cache = openConfiguredCache({ settings, env, warn });
  const { cloneEnvironment, moveEnvironment } = await import('@vivarium/environments');
  const relocate = command === 'move' ? moveEnvironment : cloneEnvironment;
  try {
    const { dryRun } = settings;
    const signal = abortOnInterruption();
    const done = await relocate({ source, destination, cwd, env, cache, signal, dryRun, quotes: scriptQuotes() });
    for (const note of done.notes) warn(note);
    if (done.leftover !== undefined) warn(`${done.leftover} could not be deleted whole; it is not used any more`);
    if (settings.json) {
      const { rewritten, notes } = done;
      const plan = dryRun ? { plan: done.plan } : {};
      return print(
        envelope(command, { source: done.source, destination: done.destination, rewritten, notes, ...plan }),
      );
    }
    const verb = command === 'move' ? 'moved' : 'cloned';
    print(
      dryRun
        ? [
            `would ${command} ${done.source} to ${done.destination}`,
            ...done.plan.steps.map((step) => `  ${stepLine(step)}`),
          ].join('\n')
        : `${verb} ${done.source} to ${done.destination}; ${done.rewritten.length} files name the new place`,
    );
  } finally {
    cache.close();
  }
}
