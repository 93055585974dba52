import { coreOptions, type Options, reportLines, type SettingLayers, VivariumError } from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import type { Manner } from '../manner.ts';
import { type CreateResult, runCreate } from '../run-create.ts';
import { selectAndResolve } from '../settings.ts';
import { openConsole, print } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { settingAskedAbout } from './asked-about.ts';

/** `vivarium create [options] DEST`, or what stands in for another program in that one's manner. */
export async function create(args: readonly string[], manner?: Manner): Promise<void> {
  const { env } = process;
  const workingFolder = process.cwd();
  const files = await (manner?.readTables ?? readConfigFiles)({ env, workingFolder });
  const variables = manner?.variables(env) ?? env;
  const layersFrom = (flags: SettingLayers['flags']): SettingLayers => ({
    flags,
    env: variables,
    files,
    workingFolder,
  });

  const early = layersFrom(parseArguments(args, { options: { ...coreOptions, ...cliOptions }, isLenient: true }).flags);
  const asked = settingAskedAbout(early.flags);
  if (asked !== undefined) return print(await (await import('./choices.ts')).choices(asked, early));

  let positionals: readonly string[] = [];
  const { plugins, settings, passedOver } = await selectAndResolve({
    ownOptions: cliOptions,
    early,
    all: (options: Options) => {
      const parsed = parseArguments(args, { options, isLenient: false });
      positionals = parsed.positionals;
      return layersFrom(parsed.flags);
    },
    passesOverBadValues: manner?.passesOverBadValues ?? false,
  });
  const console = openConsole(settings.verbose - settings.quiet);
  for (const { message } of passedOver) console.notice(`${message}; it is passed over`);
  const result = await runCreate({
    destination: onlyDestination(positionals),
    plugins,
    settings,
    dryRun: settings.dryRun,
    ...(manner === undefined ? {} : { tool: manner.tool }),
    env,
    workingFolder,
    signal: abortOnInterruption(),
    notice: console.notice,
    trace: console.trace,
  });
  if (settings.json) console.print(JSON.stringify(await jsonOf(result), null, 2));
  else if (console.verbosity >= 0) console.print((await linesOf(result)).join('\n'));
}

function onlyDestination(positionals: readonly string[]): string {
  const [destination, extra] = positionals;
  if (destination !== undefined && extra === undefined) return destination;
  throw new VivariumError(
    'USAGE',
    destination === undefined ? 'DEST is missing' : `\`${extra}\` is one word too many`,
    {
      exitCode: 2,
      hint: 'Say where the environment is to be made: `vivarium create .venv`.',
    },
  );
}

async function jsonOf(result: CreateResult): Promise<object> {
  if (result.applied === undefined) return result.plan;
  const { jsonReport } = await import('../terminal/json-report.ts');
  return jsonReport(result, milliseconds());
}

async function linesOf({ plan, applied, cacheFolder }: CreateResult): Promise<readonly string[]> {
  if (applied !== undefined) return reportLines({ plan, applied, cacheFolder, milliseconds: milliseconds() });
  const { dryRunLines } = await import('../terminal/dry-run-lines.ts');
  return dryRunLines(plan);
}

/** How long the process has run: what the person at the keyboard has waited. */
function milliseconds(): number {
  return process.uptime() * 1000;
}
