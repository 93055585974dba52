import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Applied,
  type ChangePlan,
  type Context,
  type CoreSettings,
  coreOptions,
  type Environment,
  formatMinorVersion,
  formatVersion,
  type Interpreter,
  isVivariumError,
  type Plan,
  resolveSettings,
} from '@vivarium/core/host';
import { pauseEvery, withClaim } from '@vivarium/core/internal';
import {
  fitsProject,
  matchesSpec,
  type ProjectRequest,
  parseSpec,
  probeInterpreter,
  projectRequest,
} from '@vivarium/discovery';
import {
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type FindingCode,
  type Inspection,
} from '@vivarium/environments';
import { askedByProject } from '../create/asked-by-project.ts';
import { baseOf } from '../environments/base-of.ts';
import { namesPackages } from '../lock/names-packages.ts';
import { checkPluginSettings } from './check-options.ts';
import { type CallChanges, createdFrom, type OpenCall, openCall, SLICE_MS } from './create.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { type EnvironmentHandle, handleOf } from './handle.ts';

/**
 * What became of an environment: it was `created` where nothing was; nothing is wrong with it and it is `unchanged`; its
 * Python has another patch version and it was `updated` to that; it did not work, and was `repaired` as `repairEnvironment`
 * does it; it was of another Python, or beyond repair, and was `replaced`.
 */
export type EnsureOutcome = 'created' | 'unchanged' | 'updated' | 'repaired' | 'replaced';

/** An environment that is complete now. */
export interface EnsuredEnvironment extends EnvironmentHandle {
  readonly outcome: EnsureOutcome;
  /** Why something was done, in one sentence. */
  readonly reason?: string;
  readonly environment: Environment;
  /** The findings that were repaired, by their codes. */
  readonly fixed?: readonly FindingCode[];
  /** What was done, a {@link Plan} where an environment was created; missing where nothing was. */
  readonly plan?: ChangePlan | Plan;
  /** How it was done; missing where nothing was. */
  readonly applied?: Applied;
}

/** What `ensureEnvironment` of the package does. */
export async function ensure(options: EnvironmentOptions): Promise<EnsuredEnvironment> {
  const open = openCall(options);
  const destination = resolve(open.cwd, open.call.destination);
  try {
    return await inTurn(destination, () => ensureOne(open, destination));
  } catch (error) {
    throw open.inWords(error);
  }
}

const turns = new Map<string, Promise<unknown>>();

/** Does one thing after the other for a destination. */
async function inTurn<T>(destination: string, act: () => Promise<T>): Promise<T> {
  const before = turns.get(destination) ?? Promise.resolve();
  const mine = before.then(act, act);
  turns.set(destination, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(destination) === mine) turns.delete(destination);
  }
}

async function ensureOne(open: OpenCall, destination: string): Promise<EnsuredEnvironment> {
  const { values: settings } = resolveSettings(coreOptions, await open.layers());
  const { env, cwd, signal, warn, debug } = open;
  const cache = await open.openCache();
  const context: Context = { env, cwd, cache, signal, warn, debug, pause: pauseEvery(SLICE_MS) };
  const specs = settings.python ?? [];
  const question = { destination, specs, settings, context, readsProject: open.call.readConfiguration };
  try {
    const first = await decide(question);
    if ('environment' in first) return unchanged(first.environment);
    return await withClaim({ destination, cache, signal }, async () => {
      // Another process may have created it while this one waited.
      const decision = await decide(question);
      return 'environment' in decision ? unchanged(decision.environment) : change(decision, { open, question });
    });
  } finally {
    cache.close();
  }
}

function unchanged(environment: Environment): EnsuredEnvironment {
  return { outcome: 'unchanged', environment, ...handleOf(environment) };
}

/** What is to be done about what is at the destination. */
type Change =
  | { readonly outcome: 'created' | 'replaced'; readonly reason: string }
  | { readonly outcome: 'updated' | 'repaired'; readonly reason: string; readonly diagnosis: DiagnoseOptions }
  | PackagesChange;

/** Its packages are not those of the list that is asked for. */
interface PackagesChange {
  readonly outcome: 'updated';
  readonly reason: string;
  readonly packages: CallChanges;
}

interface Call {
  readonly open: OpenCall;
  readonly question: Question;
}

async function change(decision: Change, { open, question }: Call): Promise<EnsuredEnvironment> {
  const { outcome, reason } = decision;
  if (outcome === 'created') return { ...createdFrom(await open.create()), outcome, reason };
  if ('packages' in decision) return changePackages(decision, open);
  if ('diagnosis' in decision) {
    const repaired = await repair(decision, { open, question });
    if (repaired !== undefined) return repaired;
  }
  // What is there can't be kept: it is of a Python that is not here any more, or not wanted.
  return { ...createdFrom(await open.create({ settings: CLEAR })), outcome: 'replaced', reason };
}

async function changePackages(
  { outcome, reason, packages }: PackagesChange,
  open: OpenCall,
): Promise<EnsuredEnvironment> {
  return { ...createdFrom(await open.create(packages)), outcome, reason };
}

/** Repairs what is there by the findings, and answers nothing where that leaves what does not work, or is not wanted. */
async function repair(
  { outcome, reason, diagnosis }: Extract<Change, { readonly diagnosis: DiagnoseOptions }>,
  { open, question }: Call,
): Promise<EnsuredEnvironment | undefined> {
  const { call, env, cwd, signal, warn, debug } = open;
  const { repairEnvironment } = await import('../environments/repair.ts');
  const { repair: done, applied } = await repairEnvironment({
    path: realPathOrSelf(question.destination),
    dryRun: false,
    flags: Object.fromEntries(Object.entries(call.settings).filter(([name]) => PLACES.has(name))),
    pluginFlags: (declared) => checkPluginSettings(call, declared),
    diagnosis,
    ...{ env, cwd, signal, warn, debug },
  });
  const after = await decide(question);
  if ('packages' in after) return changePackages(after, open);
  if (!('environment' in after)) return undefined;
  const { environment } = after;
  const how = {
    ...(done.changes === undefined ? {} : { plan: done.changes }),
    ...(applied === undefined ? {} : { applied }),
  };
  return { outcome, reason, fixed: done.fixes, environment, ...how, ...handleOf(environment) };
}

/** Settings that say where things are, and not how environments are created. */
const PLACES: ReadonlySet<string> = new Set(['appData', 'readOnlyAppData']);

interface Question {
  readonly destination: string;
  readonly specs: readonly string[];
  readonly settings: CoreSettings;
  readonly context: Context;
  readonly readsProject: boolean;
}

async function decide(question: Question): Promise<Change | { readonly environment: Environment }> {
  const { destination, context } = question;
  const look = { packages: false };
  const diagnosis = diagnosisOf(destination, look);
  if (diagnosis === undefined) return { outcome: 'created', reason: `nothing was at ${destination}` };
  const { inspection } = diagnosis;
  const [fault] = faultsOf(diagnosis);
  if (fault !== undefined) return { outcome: 'repaired', reason: fault.message, diagnosis: look };
  const base = await baseOf(inspection, context);
  if (base === undefined) return { outcome: 'replaced', reason: `${inspection.python.executable} can't be started` };
  const reason = (await whyOther(base, question)) ?? (await whyOtherProject(base, question));
  if (reason !== undefined) return { outcome: 'replaced', reason };
  const asked = { ...look, baseVersion: `${formatMinorVersion(base.version)}.${base.version.micro}` };
  const upgraded = diagnosisOf(destination, asked)?.findings.find(({ code }) => code === 'BASE_REPLACED');
  if (upgraded !== undefined) return { outcome: 'updated', reason: upgraded.message, diagnosis: asked };
  const other = await whyOtherPackages(inspection, base, question);
  if (other === undefined) return { environment: environmentFrom(inspection, base) };
  return {
    outcome: 'updated',
    reason: other,
    packages: {
      keepsSeeds: inspection.seeds.includes('pip'),
      settings: { python: flag('python', [base.systemExecutable]) },
    },
  };
}

/** Why the packages of an environment are not those of the list that is asked for. */
async function whyOtherPackages(
  inspection: Inspection,
  interpreter: Interpreter,
  { settings, context }: Question,
): Promise<string | undefined> {
  if (!namesPackages(settings)) return undefined;
  const { isRecorded, packagesDifference } = await import('../lock/difference.ts');
  const request = { destination: inspection.directory, interpreter, found: inspection, settings, context };
  if (await isRecorded(request)) return undefined;
  if (settings.lock === undefined) return 'its packages are not known to be those of the requirements';
  const changes = await packagesDifference(request);
  const [first] = changes;
  if (first === undefined) return undefined;
  const { changeLine } = await import('../lock/package-change.ts');
  return `${changes.length} of its packages ${changes.length === 1 ? 'is' : 'are'} not as in ${settings.lock}, ${changeLine(first)} for example`;
}

function diagnosisOf(destination: string, options: DiagnoseOptions): Diagnosis | undefined {
  try {
    // A link at the destination stays, and what it leads to is the environment.
    return diagnose(realPathOrSelf(destination), options);
  } catch (error) {
    if (isVivariumError(error) && error.code === 'ENVIRONMENT_NOT_FOUND') return undefined;
    throw error;
  }
}

/** What keeps an environment from working and can be repaired: that of its packages is the user's. */
function faultsOf({ findings }: Diagnosis): Diagnosis['findings'] {
  return findings.filter(({ severity, remedy }) => severity === 'error' && remedy.kind === 'repair');
}

/** Why the Python of an environment is not one that is asked for. */
async function whyOther(base: Interpreter, { specs, context }: Question): Promise<string | undefined> {
  let reason: string | undefined;
  for (const text of specs) {
    const spec = parseSpec(text);
    if (spec.kind === 'version') {
      const fits = matchesSpec(base, spec);
      if (fits === true) return undefined;
      reason ??= `${text} was asked for, and it has ${describe(base)}`;
      continue;
    }
    const asked = await probeInterpreter(spec.path, context).catch((error: unknown) => {
      if (!isVivariumError(error)) throw error;
      return undefined;
    });
    if (asked?.realExecutable === base.realExecutable && asked.basePrefix === base.basePrefix) return undefined;
    if (asked !== undefined) reason ??= `${text} was asked for, and it has ${base.systemExecutable}`;
  }
  return reason;
}

/** Why it is not one that the project is for, by the rules by which one is found where none is asked for. */
async function whyOtherProject(base: Interpreter, question: Question): Promise<string | undefined> {
  if (question.specs.length > 0) return undefined;
  const request = await requestOfProject(question);
  if (request === undefined || fitsProject(base, request)) return undefined;
  return `${request.source} asks for ${request.texts.join(' or ')}, and it has ${describe(base)}`;
}

async function requestOfProject({ settings, context, readsProject }: Question): Promise<ProjectRequest | undefined> {
  const read = () => askedByProject({ cwd: context.cwd, readsProject, settings });
  if (readsProject) return projectRequest(read, context);
  // What is pinned where the program happens to run is no reason to replace its environment; what its lock is for is.
  const asked = await read();
  return asked && { texts: [asked.text], source: asked.source };
}

function environmentFrom({ directory, prompt, layout }: Inspection, interpreter: Interpreter): Environment {
  const { scheme } = interpreter;
  return {
    destination: directory,
    ...(prompt === undefined ? {} : { prompt }),
    interpreter,
    layout: { ...scheme, scripts: layout.scripts, executable: layout.executable },
  };
}

function describe({ implementation, version }: Interpreter): string {
  return `${implementation} ${formatVersion(version)}`;
}

function realPathOrSelf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function flag<T>(name: string, value: T): { readonly flag: string; readonly value: T } {
  return { flag: name, value };
}

const CLEAR = { clear: flag('clear', true) };
