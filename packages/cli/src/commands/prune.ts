import { defineOptions } from '@vivarium/core/host';
import { managedOptions } from '@vivarium/discoverer-standalone';
import type { ListedEnvironment } from '@vivarium/environments';
import { collect } from '../environments/collect.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore, usageError } from './positionals.ts';
import { removalOptions, removeAll } from './remove.ts';

const pruneOptions = defineOptions({
  ...removalOptions,
  unusedFor: {
    type: 'string',
    placeholder: 'DAYS',
    help: 'also those that work and were not used for so many days',
    group: 'Options',
  },
  pythons: {
    type: 'boolean',
    default: false,
    help: 'instead of environments: managed Pythons that are outdated and unused',
    group: 'Options',
  },
  pythonStore: managedOptions.pythonStore,
  known: {
    type: 'boolean',
    default: false,
    help: 'with DIR: also the places where programs keep environments',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium prune [DIR...]` */
export const command: Command = {
  description: [
    'Removes environments that are dead (their Python is gone) or incomplete: of all that `vivarium list` finds. It shows',
    'them first and asks. `vivarium undo` restores them within a day.',
  ],
  options: () => pruneOptions,
  completes: 'directories',
  run: prune,
};

const DAY_MS = 24 * 60 * 60 * 1000;

async function prune(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'prune', options: pruneOptions });
  if (settings.pythons) {
    assertNoMore(positionals, 0, 'Environments that are not at a usual place are known since they were created.');
    const { prunePythons } = await import('../pythons/prune.ts');
    return prunePythons(settings);
  }
  const days = settings.unusedFor === undefined ? undefined : daysOf(settings.unusedFor);
  const { listed } = await collect({
    directories: positionals,
    ...(settings.known ? { known: true } : {}),
    size: true,
  });
  const { assertRemovable } = await import('@vivarium/environments');
  const now = Date.now();
  const targets = listed.filter((one): one is ListedEnvironment => {
    if (!('inspection' in one)) return false;
    const { inspection, lastUse } = one;
    const isUnused = days !== undefined && lastUse !== undefined && now - lastUse >= days * DAY_MS;
    return (!inspection.isComplete || isUnused) && isRemovable(inspection.directory);
  });
  await removeAll('prune', targets, settings);

  // What is guarded is none of those that are offered.
  function isRemovable(directory: string): boolean {
    try {
      assertRemovable({ directory });
      return true;
    } catch {
      return false;
    }
  }
}

function daysOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`--unused-for can't be used: expected a number of days, got \`${text}\``);
}
