import {
  type Context,
  type FindInterpreter,
  formatVersion,
  type Interpreter,
  openConfiguredCache,
  type PluginKind,
  preparePlan,
  type SettingLayers,
} from '@vivarium/core';
import { officialPlugins } from '../official/plugins.ts';
import { selectAndResolve } from '../settings.ts';
import { packageVersion } from '../version.ts';
import { KIND_OF, type NamingSetting } from './asked-about.ts';

/** What can be named there: every plugin of the kind in the order in which they are asked, with yes or the reason no. */
export async function choices(asked: NamingSetting, layers: SettingLayers): Promise<string> {
  const kind: PluginKind = KIND_OF[asked];
  const { [asked]: _, ...flags } = layers.flags;
  const others: SettingLayers = { ...layers, flags: { ...flags, noSeed: { flag: '--no-seed', value: true } } };
  const names = await officialPlugins.names(kind);
  const plugins = await Promise.all(
    names.map((name) => officialPlugins.load(kind, name, { layer: 'flag', name: `--${asked}` })),
  );
  const answers = await answersFor(kind, others);
  const width = Math.max(...names.map((name) => name.length));
  return plugins.map((plugin) => `${plugin.name.padEnd(width)}  ${plugin.title}${answers(plugin.name)}`).join('\n');
}

/** What the plugins of a kind say to the interpreter at hand; only creators and activators depend on it. */
async function answersFor(kind: PluginKind, layers: SettingLayers): Promise<(name: string) => string> {
  if (kind !== 'creator' && kind !== 'activator') return () => '';
  const { interpreter, reasons } = kind === 'creator' ? await askCreators(layers) : await askActivators(layers);
  const about = `${interpreter.implementation} ${formatVersion(interpreter.version)}`;
  return (name) => {
    const reason = reasons.get(name);
    return reason === undefined ? `: yes, for ${about}` : `: no, because ${reason}`;
  };
}

/** An interpreter, and for each plugin that refuses it the reason. */
interface Answers {
  readonly interpreter: Interpreter;
  readonly reasons: ReadonlyMap<string, string>;
}

async function askCreators(layers: SettingLayers): Promise<Answers> {
  const { request, cache, context, plugins } = await prepareToAsk(layers);
  try {
    const { interpreter } = await request.findInterpreter({
      specs: request.settings.python ?? [],
      discoverer: plugins.discoverer,
      settings: request.settings,
      context,
    });
    const answers = plugins.creators.map((creator) => [creator.name, creator.supports(interpreter)] as const);
    const refusals = answers.flatMap(([name, answer]) => (answer === true ? [] : [[name, answer.because] as const]));
    return { interpreter, reasons: new Map(refusals) };
  } finally {
    cache.close();
  }
}

/** Plans an environment that nobody will make, to see which activators would take part. */
async function askActivators(layers: SettingLayers): Promise<Answers> {
  const { request, cache } = await prepareToAsk(layers);
  cache.close();
  const { plan, cache: planCache } = await preparePlan({ ...request, destination: 'environment-that-is-only-planned' });
  planCache.close();
  const reasons = new Map(plan.leftOutActivators.map(({ name, because }) => [name, because]));
  return { interpreter: plan.environment.interpreter, reasons };
}

async function prepareToAsk(layers: SettingLayers) {
  const { plugins, settings } = await selectAndResolve({
    ownOptions: {},
    early: layers,
    all: () => layers,
    source: officialPlugins,
  });
  const { env, workingFolder } = layers;
  const quiet = { notice: () => {}, trace: () => {} };
  const cache = openConfiguredCache({ settings, env, notice: quiet.notice });
  const { signal } = new AbortController();
  const context: Context = { env, workingFolder, cache, signal, ...quiet };
  const findInterpreter: FindInterpreter = async (find) => (await import('@vivarium/discovery')).findInterpreter(find);
  const tool = { name: 'vivarium', version: packageVersion() };
  return {
    plugins,
    cache,
    context,
    request: { plugins, settings, findInterpreter, tool, env, workingFolder, signal, ...quiet },
  };
}
