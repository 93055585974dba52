import { defineOptions } from '@vivarium/core/host';
import { managedOptions } from '@vivarium/discoverer-standalone';
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
  const { isPrunable } = await import('@vivarium/environments');
  const which = { unusedFor: days, now: Date.now() };
  await removeAll(
    'prune',
    listed.filter((one) => isPrunable(one, which)),
    settings,
  );
}

function daysOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`--unused-for can't be used: expected a number of days, got \`${text}\``);
}
