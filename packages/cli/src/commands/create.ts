import { coreOptions, type Options, type SettingLayers, VivariumError } from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import type { CreateRequest, CreateResult } from '../create-request.ts';
import type { Manner } from '../manner.ts';
import { runCreate } from '../run-create.ts';
import { selectAndResolve } from '../settings.ts';
import { isForEachPython } from '../targets.ts';
import { isSeen, openConsole, print, style } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { jsonOf, linesOf } from '../terminal/report-of.ts';
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

  let parsed = parseArguments(args, { options: { ...coreOptions, ...cliOptions }, isLenient: true });
  const early = layersFrom(parsed.flags);
  const asked = settingAskedAbout(early.flags);
  if (asked !== undefined) {
    const lenient = (options: Options): SettingLayers =>
      layersFrom(parseArguments(args, { options, isLenient: true }).flags);
    return print(await (await import('./choices.ts')).choices(asked, lenient));
  }

  const { plugins, settings, passedOver } = await selectAndResolve({
    ownOptions: cliOptions,
    early,
    all: (options: Options) => {
      if (parsed.isWhole) return early;
      parsed = parseArguments(args, { options, isLenient: false });
      return layersFrom(parsed.flags);
    },
    passesOverBadValues: manner?.passesOverBadValues ?? false,
  });
  const console = openConsole(settings.verbose - settings.quiet);
  for (const { message } of passedOver) console.notice(`${message}; it is passed over`);
  const request: CreateRequest = {
    plugins,
    settings,
    dryRun: settings.dryRun,
    ...(settings.sbom === undefined ? {} : { sbom: settings.sbom }),
    ...(manner === undefined ? {} : { tool: manner.tool }),
    env,
    workingFolder,
    signal: abortOnInterruption(),
    notice: console.notice,
    trace: console.trace,
  };
  if (settings.upgradeEmbedWheels) {
    const { assertUpgraded, upgradeLines, upgradeSeeds } = await import('./upgrade-seeds.ts');
    const results = await upgradeSeeds(request);
    if (settings.json) console.print(JSON.stringify(results, null, 2));
    else if (console.verbosity >= 0) console.print(upgradeLines(results).join('\n'));
    return assertUpgraded(results);
  }
  const { positionals } = parsed;
  const [destination, ...others] = positionals;
  if (destination === undefined) throw destinationMissing();
  if (others.length > 0 && manner !== undefined) throw tooMany(others);
  if (others.length > 0 || (manner === undefined && isForEachPython(destination))) {
    if (request.sbom !== undefined) throw oneBill();
    return (await import('./create-several.ts')).createSeveral(positionals, { request, console });
  }
  const result = await runCreate({ ...request, destination });
  if (settings.json) console.print(JSON.stringify(await jsonOf(result), null, 2));
  else if (console.verbosity >= 0) {
    console.print((await linesOf(result)).join('\n'));
    if (manner === undefined && result.applied !== undefined && isSeen()) await tellHowToEnter(result, request);
  }
}

async function tellHowToEnter({ plan }: CreateResult, { plugins, env, workingFolder }: CreateRequest): Promise<void> {
  const { howToEnter } = await import('../terminal/how-to-enter.ts');
  const line = howToEnter({
    environment: plan.environment,
    activators: plugins.activators.filter(({ name }) => plan.activators.some((used) => used.name === name)),
    workingFolder,
    caller: { env, platform: process.platform, parent: process.ppid },
  });
  if (line !== undefined) process.stderr.write(`activate it with: ${style('cyan', line)}\n`);
}

function destinationMissing(): VivariumError {
  return new VivariumError('USAGE', 'DEST is missing', {
    exitCode: 2,
    hint: 'Say where the environment is to be made: `vivarium create .venv`.',
  });
}

function oneBill(): VivariumError {
  return new VivariumError('USAGE', '--sbom names one file, and several environments are to be made', {
    exitCode: 2,
    hint: 'Make them one by one, each with a bill of its own.',
  });
}

function tooMany([extra]: readonly string[]): VivariumError {
  return new VivariumError('USAGE', `\`${extra}\` is one word too many`, {
    exitCode: 2,
    hint: 'One environment is made at a time.',
  });
}
