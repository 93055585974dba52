import { coreOptions, type Options, type SettingLayers } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import type { Profile } from '../create/profile.ts';
import { linesOf } from '../create/report.ts';
import type { CreateRequest, CreateResult } from '../create/request.ts';
import { runCreate, runCreateAll } from '../create/run.ts';
import { isForEachPython } from '../create/targets.ts';
import { namesPackages } from '../lock/names-packages.ts';
import { settingAskedAbout } from '../plugin-list/asked-about.ts';
import { selectAndResolve } from '../settings.ts';
import { assertReachable, currentDirectory } from '../start/cwd.ts';
import { ownProgram } from '../start/own-program.ts';
import { type Console, isSeen, openConsole, tellCommand } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import type { Command } from './command.ts';
import { assertNoMore, usageError } from './positionals.ts';

/** `vivarium create [options] [DEST...]` */
export const command: Command = {
  description: [
    'Creates a Python virtual environment in each directory DEST, or in .venv. {python} in DEST stands for the version,',
    'one for each -p.',
  ],
  options: async (layers, warn) => (await import('../create/create-options.ts')).createOptions(layers, warn),
  common: ['python', 'systemSitePackages', 'prompt', 'clear', 'noSeed', 'lock', 'with', 'dryRun', 'json'],
  completes: 'directories',
  closing: [
    'Each option can also be given as a variable (VIVARIUM_SYSTEM_SITE_PACKAGES=1) and',
    'in [tool.vivarium] of pyproject.toml or in vivarium.toml (system-site-packages =',
    'true). A flag beats a variable beats a file.',
  ],
  run: (args) => create(args),
};

const DEFAULT_DESTINATION = '.venv';

/** `vivarium create [options] DEST`, or what stands in for another program in that one's profile. */
export async function create(args: readonly string[], profile?: Profile): Promise<void> {
  const { env } = process;
  const cwd = currentDirectory();
  const files = await (profile?.readTables ?? readConfigFiles)({ env, cwd });
  const variables = profile?.variables(env) ?? env;
  const layersFrom = (flags: SettingLayers['flags']): SettingLayers => ({
    flags,
    env: variables,
    files,
    cwd,
  });

  let parsed = parseArguments(args, { options: { ...coreOptions, ...cliOptions }, isLenient: true });
  const early = layersFrom(parsed.flags);
  const asked = settingAskedAbout(early.flags);
  if (asked !== undefined) return (await import('../plugin-list/show.ts')).showChoices(asked, { args, layersFrom });

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
  for (const { message } of ignored) console.warn(`${message}; ignored`);
  console.debug('resolved the settings and selected the plugins');
  const request: CreateRequest = {
    plugins,
    settings,
    dryRun: settings.dryRun,
    isUndoable: true,
    readsProject: profile === undefined,
    ...(settings.sbom === undefined ? {} : { sbom: settings.sbom }),
    ...(profile === undefined ? {} : { tool: profile.tool, redirect: profile.redirect }),
    ...(settings.central === undefined ? {} : { redirect: { directory: cwd } }),
    env,
    cwd,
    signal: abortOnInterruption(),
    program: ownProgram(),
    warn: console.warn,
    debug: console.debug,
  };
  if (settings.upgradeEmbedWheels) {
    return (await import('../create/upgrade-seeds.ts')).upgradeSeeds(request, console);
  }
  const destinations = await destinationsOf(parsed.positionals, request, profile);
  for (const destination of destinations) assertReachable(destination, cwd);
  const { clear, ...watched } = await watch(request, console);
  try {
    await createAll(destinations, { ...watched, profile });
  } finally {
    clear();
  }
}

interface Creating {
  readonly request: CreateRequest;
  readonly console: Console;
  readonly profile: Profile | undefined;
}

async function createAll(destinations: readonly string[], { request, console, profile }: Creating): Promise<void> {
  const { settings } = request;
  if (settings.check) return (await import('../create/check.ts')).checkPackages(destinations, { request, console });
  const isLiteral = profile !== undefined || !destinations.some(isForEachPython);
  if (destinations.length === 1 && isLiteral && !settings.json) {
    return tellResult(await runCreate({ ...request, destination: destinations[0] as string }), { request, console });
  }
  if (!(destinations.length === 1 && isLiteral)) assertNoSingleFile(request);
  const outcomes = await runCreateAll(destinations, { ...request, isLiteral });
  await (await import('../create/tell-outcomes.ts')).tellOutcomes(outcomes, { request, console });
}

/** The same with its progress shown, where packages of a list are installed or a Python may be fetched, and someone sees it. */
async function watch(request: CreateRequest, console: Console): Promise<Omit<Creating, 'profile'> & { clear(): void }> {
  const mayFetch = (request.settings.downloadPython ?? 'never') !== 'never';
  const takesLong = namesPackages(request.settings) || mayFetch;
  if (!takesLong || request.settings.json || console.verbosity !== 0 || !isSeen()) {
    return { request, console, clear: () => {} };
  }
  const { emit, clear } = (await import('../terminal/progress.ts')).openProgress();
  const before = <Arguments extends unknown[]>(act: (...words: Arguments) => void) => {
    return (...words: Arguments): void => {
      clear();
      act(...words);
    };
  };
  return {
    request: { ...request, emit, warn: before(request.warn) },
    console: { ...console, print: before(console.print) },
    clear,
  };
}

/** @throws VivariumError `ARGUMENT_INVALID` where the program that this one stands in for has other rules */
async function destinationsOf(
  positionals: readonly string[],
  request: CreateRequest,
  profile: Profile | undefined,
): Promise<readonly string[]> {
  const { central } = request.settings;
  if (typeof central === 'string') {
    assertNoMore(positionals, 0, '--central says where the environment is.');
    return [(await import('../create/central.ts')).centralEnvironment(central, request.env)];
  }
  if (profile === undefined) return positionals.length === 0 ? [DEFAULT_DESTINATION] : positionals;
  assertNoMore(positionals, 1, 'One environment is created at a time.');
  const [destination] = positionals;
  if (destination !== undefined) {
    await profile.checkDestination(destination, request);
    return positionals;
  }
  await profile.beforeMissing?.(request);
  throw usageError('Missing required argument dest');
}

async function tellResult(
  result: CreateResult,
  { request, console }: { readonly request: CreateRequest; readonly console: Console },
): Promise<void> {
  if (console.verbosity < 0) return;
  console.print((await linesOf(result)).join('\n'));
  if (request.tool === undefined && result.applied !== undefined && isSeen()) await tellHowToEnter(result, request);
}

async function tellHowToEnter({ plan }: CreateResult, { plugins, env, cwd }: CreateRequest): Promise<void> {
  const { activationHint } = await import('../terminal/activation-hint.ts');
  const line = activationHint({
    environment: plan.environment,
    activators: plugins.activators.filter(({ name }) => plan.activators.some((used) => used.name === name)),
    cwd,
    caller: { env, platform: process.platform, parent: process.ppid },
  });
  if (line !== undefined) tellCommand('activate it with:', line);
}

/** @throws VivariumError `ARGUMENT_INVALID` where an option names one file for what each of several environments has */
function assertNoSingleFile({ sbom, settings: { writeLock } }: CreateRequest): void {
  const flag = sbom !== undefined ? '--sbom' : writeLock !== undefined ? '--write-lock' : undefined;
  if (flag === undefined) return;
  throw usageError(
    `${flag} names one file, and several environments are to be created`,
    'Create them one by one, each with a file of its own.',
  );
}
