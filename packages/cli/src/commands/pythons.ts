import {
  type Context,
  coreOptions,
  defineOptions,
  type Interpreter,
  openConfiguredCache,
  VivariumError,
} from '@vivarium/core';
import type { Listed } from '@vivarium/discovery';
import { openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { isPastEndOfLife } from './end-of-life.ts';
import { ownSettings } from './own-settings.ts';

const { appData, readOnlyAppData, resetAppData } = coreOptions;

/** The settings of `vivarium pythons`. */
export const pythonsOptions = defineOptions({
  all: {
    type: 'boolean',
    default: false,
    help: 'every path of every Python, and what only has the name of one',
    group: 'Options',
  },
  json: { type: 'boolean', default: false, help: 'print one JSON document', group: 'Options' },
  appData,
  readOnlyAppData,
  resetAppData,
  verbose: { type: 'count', default: 0, short: 'v', help: 'say more', group: 'Options' },
});

/** `vivarium pythons [SPEC]`: what is on this machine, newest first. */
export async function pythons(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, pythonsOptions);
  const [text, extra] = positionals;
  if (extra !== undefined) throw new VivariumError('USAGE', `\`${extra}\` is one word too many`, { exitCode: 2 });
  const { listInterpreters, parseSpec } = await import('@vivarium/discovery');
  const spec = text === undefined ? undefined : parseSpec(text);
  const { notice, trace, print } = openConsole(settings.verbose);
  const cache = openConfiguredCache({ settings, env: process.env, notice });
  const context: Context = {
    env: process.env,
    workingFolder: process.cwd(),
    cache,
    signal: abortOnInterruption(),
    notice,
    trace,
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
  const rows = listed.map(describe).sort(newestFirst);
  const shown = settings.all ? rows : rows.filter((row) => row.interpreter !== undefined);
  if (settings.json) return print(JSON.stringify(shown, null, 2));
  if (shown.length === 0) {
    throw new VivariumError(
      'INTERPRETER_NOT_FOUND',
      text === undefined ? 'There is no Python on this machine' : `No Python on this machine is ${text}`,
      {
        hint: 'Install one, or name its path; `vivarium pythons --all` shows what was passed over.',
      },
    );
  }
  print(shown.map(line).join('\n'));
}

interface Row {
  readonly executable: string;
  readonly source: string;
  readonly interpreter?: Interpreter;
  readonly isEnvironment?: boolean;
  readonly isPastEndOfLife?: boolean;
  /** Why it is none, or can't be used. */
  readonly failure?: string;
}

function describe(entry: Listed): Row {
  const { executable, source } = entry;
  if ('failure' in entry) return { executable, source, failure: entry.failure.message };
  const { interpreter, isEnvironment } = entry;
  return {
    executable,
    source,
    interpreter,
    isEnvironment,
    isPastEndOfLife: isPastEndOfLife(interpreter.version, new Date()),
  };
}

function newestFirst({ interpreter: a }: Row, { interpreter: b }: Row): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [x, y] = [a.version, b.version];
  return (
    y.major - x.major ||
    y.minor - x.minor ||
    y.micro - x.micro ||
    Number(y.releaseLevel === 'final') - Number(x.releaseLevel === 'final') ||
    y.serial - x.serial
  );
}

function line(row: Row): string {
  const { interpreter, executable, source } = row;
  if (interpreter === undefined) return `${'-'.padEnd(24)} ${executable}  (${source}): ${row.failure}`;
  const { version, isFreeThreaded, isDebug } = interpreter;
  const level = version.releaseLevel === 'final' ? '' : `${version.releaseLevel}${version.serial}`;
  const build = `${isFreeThreaded ? 't' : ''}${isDebug ? 'd' : ''}`;
  const name = `${interpreter.implementation} ${version.major}.${version.minor}.${version.micro}${level}${build}`;
  const link = interpreter.realExecutable === executable ? '' : ` -> ${interpreter.realExecutable}`;
  return `${name.padEnd(16)} ${interpreter.machine.padEnd(7)} ${executable}${link}  (${[source, ...remarks(row, interpreter)].join(', ')})`;
}

function remarks(row: Row, interpreter: Interpreter): string[] {
  return [
    ...(row.isEnvironment ? ['an environment'] : []),
    ...(interpreter.isExternallyManaged ? ['externally managed'] : []),
    ...(row.isPastEndOfLife ? ['past end of life'] : []),
  ];
}

/** A line that tells how far the search is, where somebody is looking on; `undefined` ends it. */
async function openProgress(): Promise<((text: string | undefined) => void) | undefined> {
  if (!process.stderr.isTTY) return undefined;
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = yoctoSpinner({ text: 'looking for Pythons' }).start();
  return (text) => {
    if (text === undefined) spinner.stop();
    else spinner.text = text;
  };
}
