import {
  cacheEntries,
  cleanCache,
  configuredCacheFolder,
  coreOptions,
  defineOptions,
  pruneCache,
  VivariumError,
} from '@vivarium/core';
import { print } from '../terminal/console.ts';
import { ownSettings } from './own-settings.ts';

const { appData, readOnlyAppData, resetAppData } = coreOptions;

/** The settings of `vivarium cache`. */
export const cacheOptions = defineOptions({
  appData,
  readOnlyAppData: { ...readOnlyAppData, hidden: true },
  resetAppData: { ...resetAppData, hidden: true },
  unusedFor: {
    type: 'string',
    default: '90',
    placeholder: 'DAYS',
    help: 'for prune: how many days something may have been of no use',
    group: 'Options',
  },
  json: { type: 'boolean', default: false, help: 'print one JSON document', group: 'Options' },
});

/** `vivarium cache dir|info|prune|clean` */
export async function cache(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, cacheOptions);
  const folder = configuredCacheFolder({ settings, env: process.env });
  if (folder === undefined)
    throw new VivariumError('HOME_NOT_FOUND', 'There is no home folder and so no cache', {
      hint: 'Name one with --app-data.',
    });
  const [action, ...extra] = positionals;
  if (extra.length > 0) throw usage(`\`${extra[0]}\` is one word too many`);
  switch (action) {
    case 'dir':
      return print(settings.json ? JSON.stringify({ folder }) : folder);
    case 'info':
      return print(info(folder, settings.json));
    case 'prune':
      return print(prune(folder, daysOf(settings.unusedFor), settings.json));
    case 'clean':
      cleanCache(folder);
      return print(settings.json ? JSON.stringify({ folder, isEmpty: true }) : `emptied ${folder}`);
    default:
      throw usage(action === undefined ? 'Say what to do with the cache' : `\`cache ${action}\` is not known`);
  }
}

function info(folder: string, asJson: boolean): string {
  const entries = cacheEntries(folder);
  const kinds = [...new Set(entries.map(({ kind }) => kind))].sort().map((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    return { kind, entries: own.length, files: sum(own, 'files'), bytes: sum(own, 'bytes') };
  });
  const bytes = sum(entries, 'bytes');
  if (asJson) return JSON.stringify({ folder, bytes, kinds }, null, 2);
  const rows = kinds.map(
    (row) => `  ${row.kind.padEnd(14)} ${String(row.entries).padStart(5)} entries  ${size(row.bytes)}`,
  );
  return [`${folder}: ${size(bytes).trim()}`, ...rows].join('\n');
}

function prune(folder: string, unusedForDays: number, asJson: boolean): string {
  const gone = pruneCache(folder, { unusedForDays });
  const bytes = sum(gone, 'bytes');
  if (asJson) return JSON.stringify({ folder, removed: gone.map(({ name }) => name), bytes }, null, 2);
  return `took ${gone.length} entries out of ${folder}: ${size(bytes).trim()}`;
}

function daysOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usage(`--unused-for can't be used: expected a number of days, got \`${text}\``);
}

function sum<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function size(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1).padStart(9)} MB`;
}

function usage(message: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, {
    hint: '`vivarium cache dir|info|prune|clean`; `vivarium cache --help` has more.',
  });
}
