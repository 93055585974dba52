import { defineOptions, type SettingLayers } from '@vivarium/core/host';
import { formatPylock, type LockedPackage } from '@vivarium/pylock';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { envelope } from '../json/envelope.ts';
import { assertLockName, writeLock } from '../lock/lock-file.ts';
import { type LockResult, lockRequirements, lockSettings } from '../lock/lock-requirements.ts';
import { currentDirectory } from '../start/cwd.ts';
import { type Console, openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { resolveOwn } from './own-settings.ts';
import { assertNoMore } from './positionals.ts';

/** The settings of `vivarium lock`. */
const options = defineOptions({
  ...lockSettings,
  output: {
    type: 'path',
    short: 'o',
    placeholder: 'FILE',
    help: 'write the lock to this file: pylock.toml, or pylock.NAME.toml',
    group: 'Output',
  },
  verbose: cliOptions.verbose,
  quiet: cliOptions.quiet,
  ...commonOptions,
});

/** `vivarium lock [options]` */
export const command: Command = {
  description: [
    'Resolves requirements into a lock (pylock.toml, PEP 751) for the interpreter that -p selects, with pip or uv, and',
    'prints it or writes it to a file. Nothing is installed.',
  ],
  options: () => options,
  common: ['requirements', 'with', 'resolver', 'allowBuild', 'python', 'output'],
  closing: ['A lock is for one Python on one platform, and says so.'],
  run: lock,
};

async function lock(args: readonly string[]): Promise<void> {
  const { env } = process;
  const cwd = currentDirectory();
  const { flags, positionals } = parseArguments(args, { command: 'lock', options, isLenient: false });
  assertNoMore(positionals, 0, 'Requirements are named with --with, and files with -r.');
  const layers: SettingLayers = { flags, env, files: await readConfigFiles({ env, cwd }), cwd };
  const settings = resolveOwn(options, layers, 'lock');
  if (settings.output !== undefined) assertLockName(settings.output, '--output');
  const console = openConsole(settings.verbose - settings.quiet);
  const { warn, debug } = console;
  const result = await lockRequirements({ layers, env, signal: abortOnInterruption(), warn, debug });
  if (settings.output !== undefined) writeLock(settings.output, result.lock, '--output');
  tell(result, { console, output: settings.output, json: settings.json });
}

interface Telling {
  readonly console: Console;
  readonly output: string | undefined;
  readonly json: boolean;
}

function tell({ lock, resolver, interpreter, requested }: LockResult, { console, output, json }: Telling): void {
  const packages = lock.packages.map((locked) => ({
    name: locked.name,
    version: locked.version ?? null,
    source: locked.source.kind,
    requested: requested?.has(locked.name) ?? null,
  }));
  if (json) {
    const { executable } = interpreter;
    const document = { lock: formatPylock(lock), output: output ?? null, resolver, executable, packages };
    console.print(envelope('lock', document));
  } else if (output === undefined) {
    console.print(formatPylock(lock).trimEnd());
  } else if (console.verbosity >= 0) {
    console.print(
      [...lock.packages.map(lineOf), `wrote ${output} (${count(packages.length)}, by ${resolver})`].join('\n'),
    );
  }
}

function lineOf({ name, version, source }: LockedPackage): string {
  return version === undefined ? `${name} (${source.kind})` : `${name} ${version}`;
}

function count(packages: number): string {
  return packages === 1 ? '1 package' : `${packages} packages`;
}
