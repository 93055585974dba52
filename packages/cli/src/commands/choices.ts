import {
  formatVersion,
  type Interpreter,
  type Options,
  openConfiguredCache,
  type PluginKind,
  type SettingLayers,
} from '@vivarium/core';
import { officialPlugins } from '../official/plugins.ts';
import { runCreate, type Surroundings } from '../run-create.ts';
import { type Selection, selectAndResolve } from '../settings.ts';
import { KIND_OF, type NamingSetting } from './asked-about.ts';

/** What can be named there: every plugin of the kind in the order in which they are asked, with yes or the reason no. */
export async function choices(asked: NamingSetting, layers: SettingLayers): Promise<string> {
  const kind: PluginKind = KIND_OF[asked];
  const { [asked]: _, ...flags } = layers.flags;
  const others: SettingLayers = { ...layers, flags: { ...flags, noSeed: { flag: '--no-seed', value: true } } };
  const official = await officialPlugins.table[kind]();
  const names = Object.keys(official);
  const plugins = Object.values(official);
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
  const { plugins, settings, surroundings } = await prepareToAsk(layers);
  const cache = openConfiguredCache({ settings, ...surroundings });
  try {
    const { findInterpreter } = await import('@vivarium/discovery');
    const { interpreter } = await findInterpreter({
      specs: settings.python ?? [],
      discoverer: plugins.discoverer,
      settings,
      context: { ...surroundings, cache },
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
  const { plugins, settings, surroundings } = await prepareToAsk(layers);
  const destination = 'environment-that-is-only-planned';
  const { plan } = await runCreate({ destination, plugins, settings, dryRun: true, ...surroundings });
  const reasons = new Map(plan.leftOutActivators.map(({ name, because }) => [name, because]));
  return { interpreter: plan.environment.interpreter, reasons };
}

async function prepareToAsk(layers: SettingLayers): Promise<Selection<Options> & { surroundings: Surroundings }> {
  const { env, workingFolder } = layers;
  const { signal } = new AbortController();
  const selection = await selectAndResolve({
    ownOptions: {},
    early: layers,
    all: () => layers,
  });
  return { ...selection, surroundings: { env, workingFolder, signal, notice: () => {}, trace: () => {} } };
}
