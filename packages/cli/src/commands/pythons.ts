import {
  type Context,
  coreOptions,
  type Discoverer,
  defineOptions,
  openConfiguredCache,
  type Settings,
  type Spec,
  VivariumError,
} from '@vivarium/core/host';
import { managedOptions } from '@vivarium/discoverer-standalone';
import type { Listed } from '@vivarium/discovery';
import { cliOptions } from '../cli-options.ts';
import { envelope } from '../json/envelope.ts';
import { discoverers } from '../official/discoverers.ts';
import { ACTIONS } from '../pythons/actions.ts';
import { openProgress, withProgress } from '../pythons/progress.ts';
import { currentDirectory } from '../start/cwd.ts';
import { openConsole } from '../terminal/console.ts';
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
  available: {
    type: 'boolean',
    default: false,
    help: 'the Pythons that can be installed, instead of those that are here',
    group: 'Options',
  },
  force: {
    type: 'boolean',
    default: false,
    help: 'for remove: also a Python that environments use',
    group: 'Options',
  },
  pythonMirror: managedOptions.pythonMirror,
  pythonManifest: managedOptions.pythonManifest,
  pythonStore: managedOptions.pythonStore,
  appData,
  readOnlyAppData,
  resetAppData,
  verbose: cliOptions.verbose,
  ...commonOptions,
});

/** `vivarium pythons [SPEC]`, `vivarium pythons install|upgrade|remove [SPEC...]` */
export const command: Command = {
  description: [
    'Lists the Pythons of this machine, newest first; with SPEC (3.12, pypy, >=3.9,<3.13) only those that it selects.',
    'install SPEC... fetches the newest Python that fits, upgrade [SPEC...] the newest patch release of what was installed,',
    'remove SPEC... removes what was installed. Pythons of other programs are never changed.',
  ],
  options: () => pythonsOptions,
  common: ['all', 'available', 'force', 'pythonMirror', 'json'],
  completes: Object.keys(ACTIONS),
  run: pythons,
};

async function pythons(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'pythons', options: pythonsOptions });
  const [word] = positionals;
  const act = word !== undefined && Object.hasOwn(ACTIONS, word) ? ACTIONS[word as keyof typeof ACTIONS] : undefined;
  if (act === undefined) assertNoMore(positionals, 1);
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
  try {
    const { parseSpec } = await import('@vivarium/discovery');
    if (act !== undefined) {
      const specs = positionals.slice(1).map(parseSpec);
      await withProgress(context, async (told) => print(await (await act())(specs, settings, told)));
      return;
    }
    const spec = word === undefined ? undefined : parseSpec(word);
    if (settings.available) {
      const { available } = await import('../pythons/available.ts');
      print(await available(spec, settings, context));
      return;
    }
    print(await list(spec, settings, context));
  } catch (error) {
    throw context.signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}

async function list(
  spec: Spec | undefined,
  settings: Settings<typeof pythonsOptions>,
  context: Context,
): Promise<string> {
  const { listInterpreters } = await import('@vivarium/discovery');
  const progress = await openProgress('looking for Pythons');
  const listed: Listed[] = [];
  const others = [{ discoverer: discoverers.standalone as Discoverer, settings }];
  try {
    for await (const entry of listInterpreters(context, {
      all: settings.all,
      others,
      ...(spec === undefined ? {} : { spec }),
    })) {
      listed.push(entry);
      progress?.(`${listed.length} found, ${entry.executable}`);
    }
  } finally {
    progress?.(undefined);
  }
  const found = listed.flatMap((one) => ('interpreter' in one ? [describePython(one)] : [])).sort(newestFirst);
  const unusable = listed.flatMap((one) => ('failure' in one ? [describeFailure(one)] : []));
  const shown = settings.all ? unusable : [];
  const { projectPython } = await import('../create/project-python.ts');
  const { projectRequest } = await import('@vivarium/discovery');
  const request = await projectRequest(() => projectPython(context.cwd), context);
  const project = request === undefined ? null : { text: request.texts.join(' or '), source: request.source };
  if (settings.json) return envelope('pythons', { pythons: found, unusable: shown, project });
  if (found.length + shown.length === 0) throw nothingFound(spec?.text, listed);
  const asked = project === null ? [] : [`this project asks for ${project.text} (${project.source})`];
  return [...pythonLines(found), ...shown.map(noPythonLine), ...asked].join('\n');
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
