import { coreOptions, type Options, type SettingLayers, VivariumError } from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import type { Profile } from '../create/profile.ts';
import { jsonOf, linesOf } from '../create/report.ts';
import type { CreateRequest, CreateResult } from '../create/request.ts';
import { runCreate } from '../create/run.ts';
import { isForEachPython } from '../create/targets.ts';
import { settingAskedAbout } from '../plugin-list/asked-about.ts';
import { selectAndResolve } from '../settings.ts';
import { isSeen, openConsole, print, style } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';

/** `vivarium create [options] DEST`, or what stands in for another program in that one's profile. */
export async function create(args: readonly string[], profile?: Profile): Promise<void> {
  const { env } = process;
  const workingFolder = process.cwd();
  const files = await (profile?.readTables ?? readConfigFiles)({ env, workingFolder });
  const variables = profile?.variables(env) ?? env;
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
    return print(await (await import('../plugin-list/choices.ts')).choices(asked, lenient));
  }

  const { plugins, settings, ignored } = await selectAndResolve({
    ownOptions: cliOptions,
    early,
    all: (options: Options) => {
      if (parsed.isWhole) return early;
      parsed = parseArguments(args, { options, isLenient: false });
      return layersFrom(parsed.flags);
    },
    ignoresInvalidValues: profile?.ignoresInvalidValues ?? false,
  });
  const console = openConsole(settings.verbose - settings.quiet);
  for (const { message } of ignored) console.notice(`${message}; ignored`);
  const request: CreateRequest = {
    plugins,
    settings,
    dryRun: settings.dryRun,
    ...(settings.sbom === undefined ? {} : { sbom: settings.sbom }),
    ...(profile === undefined ? {} : { tool: profile.tool }),
    env,
    workingFolder,
    signal: abortOnInterruption(),
    notice: console.notice,
    trace: console.trace,
  };
  if (settings.upgradeEmbedWheels) {
    const { assertUpgraded, upgradeLines, upgradeSeeds } = await import('../create/upgrade-seeds.ts');
    const results = await upgradeSeeds(request);
    if (settings.json) console.print(JSON.stringify(results, null, 2));
    else if (console.verbosity >= 0) console.print(upgradeLines(results).join('\n'));
    return assertUpgraded(results);
  }
  const { positionals } = parsed;
  const [destination, ...others] = positionals;
  if (destination === undefined) throw destinationMissing();
  if (others.length > 0 && profile !== undefined) throw tooMany(others);
  if (others.length > 0 || (profile === undefined && isForEachPython(destination))) {
    if (request.sbom !== undefined) throw oneBill();
    return (await import('../create/several.ts')).createSeveral(positionals, { request, console });
  }
  const result = await runCreate({ ...request, destination });
  if (settings.json) console.print(JSON.stringify(await jsonOf(result), null, 2));
  else if (console.verbosity >= 0) {
    console.print((await linesOf(result)).join('\n'));
    if (profile === undefined && result.applied !== undefined && isSeen()) await tellHowToEnter(result, request);
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
  return new VivariumError('ARGUMENT_INVALID', 'DEST is missing', {
    hint: 'Say where the environment is to be made: `vivarium create .venv`.',
  });
}

function oneBill(): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', '--sbom names one file, and several environments are to be made', {
    hint: 'Make them one by one, each with a bill of its own.',
  });
}

function tooMany([extra]: readonly string[]): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', `\`${extra}\` is one word too many`, {
    hint: 'One environment is made at a time.',
  });
}
