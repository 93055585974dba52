import {
  cacheEntries,
  cleanCache,
  configuredCacheDirectory,
  coreOptions,
  defineOptions,
  pruneCache,
  type Settings,
  VivariumError,
} from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';
import { envelope } from '../json/envelope.ts';
import { print } from '../terminal/console.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore, usageError } from './positionals.ts';

const { appData, readOnlyAppData, resetAppData } = coreOptions;

/** The settings of `vivarium cache`. */
const cacheOptions = defineOptions({
  appData,
  readOnlyAppData: { ...readOnlyAppData, hidden: true },
  resetAppData: { ...resetAppData, hidden: true },
  unusedFor: {
    type: 'string',
    default: '90',
    placeholder: 'DAYS',
    help: 'for prune: remove what was not used for this many days',
    group: 'Options',
  },
  ...commonOptions,
});

/** What a subcommand answers: the members of its JSON document, and the lines for people. */
interface ActionResult {
  readonly data: object;
  readonly lines: readonly string[];
}

const ACTIONS: Readonly<Record<string, (directory: string, settings: Settings<typeof cacheOptions>) => ActionResult>> =
  { dir, info, prune, clean };

/** `vivarium cache dir|info|prune|clean` */
export const command: Command = {
  description: [
    'dir prints where the cache is, info what it holds, prune removes what was not used for some time, clean removes',
    'everything.',
  ],
  options: () => cacheOptions,
  completes: Object.keys(ACTIONS),
  async run(args) {
    const { settings, positionals } = await ownSettings(args, { command: 'cache', options: cacheOptions });
    const [name] = positionals;
    assertNoMore(positionals, 1);
    const act = name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (act === undefined) throw noAction(name);
    const directory = configuredCacheDirectory({ settings, env: process.env });
    if (directory === undefined) {
      throw new VivariumError('HOME_NOT_FOUND', 'There is no home directory and so no cache', {
        hint: 'Choose a directory with --app-data.',
      });
    }
    const { data, lines } = act(directory, settings);
    print(settings.json ? envelope('cache', { action: name, directory, ...data }) : lines.join('\n'));
  },
};

function dir(directory: string): ActionResult {
  return { data: {}, lines: [directory] };
}

function info(directory: string): ActionResult {
  const entries = cacheEntries(directory);
  const kinds = [...new Set(entries.map(({ kind }) => kind))].sort().map((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    return { kind, entries: own.length, files: sum(own, 'files'), bytes: sum(own, 'bytes') };
  });
  const bytes = sum(entries, 'bytes');
  const rows = kinds.map(
    (row) =>
      `  ${row.kind.padEnd(14)} ${String(row.entries).padStart(5)} entries  ${formatBytes(row.bytes).padStart(12)}`,
  );
  return { data: { bytes, kinds }, lines: [`${directory}: ${formatBytes(bytes)}`, ...rows] };
}

function prune(directory: string, { unusedFor }: Settings<typeof cacheOptions>): ActionResult {
  const gone = pruneCache(directory, { unusedForDays: daysOf(unusedFor) });
  const bytes = sum(gone, 'bytes');
  return {
    data: { removed: gone.map(({ name }) => name), bytes },
    lines: [`removed ${gone.length} entries from ${directory}: ${formatBytes(bytes)}`],
  };
}

function clean(directory: string): ActionResult {
  cleanCache(directory);
  return { data: { isEmpty: true }, lines: [`emptied ${directory}`] };
}

function daysOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`--unused-for can't be used: expected a number of days, got \`${text}\``);
}

function sum<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function noAction(name: string | undefined): VivariumError {
  const near = name === undefined ? undefined : nearName(name, Object.keys(ACTIONS));
  return usageError(
    name === undefined ? 'Missing subcommand' : `Unknown subcommand \`cache ${name}\``,
    `${near === undefined ? '' : `Did you mean \`vivarium cache ${near}\`? `}\`vivarium cache ${Object.keys(ACTIONS).join('|')}\`; \`vivarium cache --help\` has more.`,
  );
}
