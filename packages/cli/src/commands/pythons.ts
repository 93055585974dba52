import { type Context, coreOptions, defineOptions, openConfiguredCache, VivariumError } from '@vivarium/core/host';
import type { Listed } from '@vivarium/discovery';
import { cliOptions } from '../cli-options.ts';
import { envelope } from '../json/envelope.ts';
import { currentDirectory } from '../start/cwd.ts';
import { isSeen, openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { noPythonLine, pythonLines } from '../terminal/python-lines.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { describeFailure, describePython, newestFirst } from './listed-python.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore } from './positionals.ts';

const { appData, readOnlyAppData, resetAppData } = coreOptions;

/** The settings of `vivarium pythons`. */
const pythonsOptions = defineOptions({
  all: {
    type: 'boolean',
    default: false,
    help: 'every path of every Python, and what only has the name of one',
    group: 'Options',
  },
  appData,
  readOnlyAppData,
  resetAppData,
  verbose: cliOptions.verbose,
  ...commonOptions,
});

/** `vivarium pythons [SPEC]` */
export const command: Command = {
  description: [
    'Lists the Pythons of this machine, newest first; with SPEC (3.12, pypy, >=3.9,<3.13) only those that it selects.',
  ],
  options: () => pythonsOptions,
  run: pythons,
};

async function pythons(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'pythons', options: pythonsOptions });
  assertNoMore(positionals, 1);
  const [text] = positionals;
  const { listInterpreters, parseSpec } = await import('@vivarium/discovery');
  const spec = text === undefined ? undefined : parseSpec(text);
  const { warn, debug, print } = openConsole(settings.verbose);
  const cache = openConfiguredCache({ settings, env: process.env, warn });
  const context: Context = {
    env: process.env,
    cwd: currentDirectory(),
    cache,
    signal: abortOnInterruption(),
    warn,
    debug,
  };
  const progress = await openProgress();
  const listed: Listed[] = [];
  try {
    for await (const entry of listInterpreters(context, {
      all: settings.all,
      ...(spec === undefined ? {} : { spec }),
    })) {
      listed.push(entry);
      progress?.(`${listed.length} found, ${entry.executable}`);
    }
  } finally {
    progress?.(undefined);
    cache.close();
  }
  const found = listed.flatMap((one) => ('interpreter' in one ? [describePython(one)] : [])).sort(newestFirst);
  const unusable = listed.flatMap((one) => ('failure' in one ? [describeFailure(one)] : []));
  const shown = settings.all ? unusable : [];
  if (settings.json) return print(envelope('pythons', { pythons: found, unusable: shown }));
  if (found.length + shown.length === 0) throw nothingFound(text, listed);
  print([...pythonLines(found), ...shown.map(noPythonLine)].join('\n'));
}

const MAX_FAILURES = 12;

/** Nothing was found: whatever might have been it is named with the reason why it is not. */
function nothingFound(text: string | undefined, listed: readonly Listed[]): VivariumError {
  const failures = listed.flatMap((one) => ('failure' in one ? [one.failure] : []));
  const [only] = failures;
  if (only !== undefined && text?.includes('/')) return only;
  const lines = failures.slice(0, MAX_FAILURES).map(({ message }) => `    ${message}`);
  const more = failures.length - lines.length;
  const what = text === undefined ? 'There is no Python on this machine' : `No Python on this machine is ${text}`;
  const message = [
    what,
    ...(lines.length > 0 ? ["  can't be used:", ...lines] : []),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ].join('\n');
  const hint = text === undefined ? 'Install one, or name its path.' : '`vivarium pythons` lists what there is.';
  return new VivariumError('INTERPRETER_NOT_FOUND', message, { hint });
}

/** A line that tells how far the search is, where someone is looking on; `undefined` ends it. */
async function openProgress(): Promise<((text: string | undefined) => void) | undefined> {
  if (!isSeen()) return undefined;
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = yoctoSpinner({ text: 'looking for Pythons' }).start();
  return (text) => {
    if (text === undefined) spinner.stop();
    else spinner.text = text;
  };
}
