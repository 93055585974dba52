import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Applied,
  type Context,
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
import { matchesSpec, parseSpec, probeInterpreter } from '@vivarium/discovery';
import { type Inspection, inspect } from '@vivarium/environments';
import { type CallChanges, createdFrom, type OpenCall, openCall, SLICE_MS } from './create.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { type EnvironmentHandle, handleOf } from './handle.ts';

/**
 * What became of an environment: it was `created` where nothing was; it was complete and is `unchanged`; its Python has
 * another patch version and it was `updated` to that; something was missing and was `repaired`; it was of another Python,
 * or beyond repair, and was `replaced`.
 */
export type EnsureOutcome = 'created' | 'unchanged' | 'updated' | 'repaired' | 'replaced';

/** An environment that is complete now. */
export interface EnsuredEnvironment extends EnvironmentHandle {
  readonly outcome: EnsureOutcome;
  /** Why something was done, in one sentence. */
  readonly reason?: string;
  readonly environment: Environment;
  /** What was done; missing where nothing was. */
  readonly plan?: Plan;
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
  try {
    const first = await decide({ destination, specs, context });
    if ('environment' in first) return unchanged(first.environment);
    return await withClaim({ destination, cache, signal }, async () => {
      // Another process may have created it while this one waited.
      const decision = await decide({ destination, specs, context });
      return 'environment' in decision ? unchanged(decision.environment) : change(decision, open);
    });
  } finally {
    cache.close();
  }
}

function unchanged(environment: Environment): EnsuredEnvironment {
  return { outcome: 'unchanged', environment, ...handleOf(environment) };
}

/** What is to be done about what is at the destination. */
interface Change {
  readonly outcome: Exclude<EnsureOutcome, 'unchanged'>;
  readonly reason: string;
  readonly changes?: CallChanges;
}

async function change({ outcome, reason, changes }: Change, open: OpenCall): Promise<EnsuredEnvironment> {
  try {
    return { ...createdFrom(await open.create(changes)), outcome, reason };
  } catch (error) {
    const isOther = isVivariumError(error) && error.code === 'DESTINATION_PYTHON_MISMATCH';
    const isGone = isVivariumError(error) && error.code === 'INTERPRETER_NOT_FOUND' && changes?.settings?.python;
    if (outcome === 'created' || outcome === 'replaced' || !(isOther || isGone)) throw error;
    // What is there can't be kept: it is of a Python that is not here any more, or not wanted.
    return { ...createdFrom(await open.create({ settings: CLEAR })), outcome: 'replaced', reason };
  }
}

interface Question {
  readonly destination: string;
  readonly specs: readonly string[];
  readonly context: Context;
}

async function decide(question: Question): Promise<Change | { readonly environment: Environment }> {
  const { destination, specs, context } = question;
  const inspection = look(destination);
  if (inspection === undefined) return { outcome: 'created', reason: `nothing was at ${destination}` };
  const keepsSeeds = inspection.seeds.includes('pip');
  const [problem] = inspection.problems;
  if (problem !== undefined)
    return { outcome: 'repaired', reason: problem.message, changes: repair(inspection, specs) };
  const base = await baseOf(inspection, context);
  if (base === undefined) {
    const reason = `${inspection.python.executable} can't be started`;
    return { outcome: 'repaired', reason, changes: repair(inspection, specs) };
  }
  const reason = await whyOther(base, question);
  if (reason !== undefined) return { outcome: 'replaced', reason, changes: { settings: CLEAR } };
  const { version = '' } = inspection.recorded;
  const current = formatVersion(base.version);
  if (inspection.createdBy.tool === 'vivarium' && /^\d+\.\d+\.\d+$/.test(version) && !isSame(version, base)) {
    return {
      outcome: 'updated',
      reason: `its Python was ${version} and is ${current}`,
      changes: { keepsSeeds, settings: { python: flag('python', [base.systemExecutable]) } },
    };
  }
  return { environment: environmentFrom(inspection, base) };
}

function look(destination: string): Inspection | undefined {
  try {
    // A link at the destination stays, and what it leads to is the environment.
    return inspect(realPathOrSelf(destination), { packages: true });
  } catch (error) {
    if (isVivariumError(error) && error.code === 'ENVIRONMENT_NOT_FOUND') return undefined;
    throw error;
  }
}

/** What is asked of a run that puts in what an environment lacks, with the Python that it had where nothing else is asked. */
function repair({ recorded, seeds }: Inspection, specs: readonly string[]): CallChanges {
  const [minor] = /^\d+\.\d+/.exec(recorded.version ?? '') ?? [];
  const { implementation = 'CPython' } = recorded;
  const own = minor === undefined ? [] : [`${implementation.toLowerCase()}${minor}`];
  return {
    keepsSeeds: seeds.includes('pip'),
    settings: {
      allowExisting: flag('allowExisting', true),
      ...(specs.length > 0 || own.length === 0 ? {} : { python: flag('python', own) }),
    },
  };
}

/** The Python that an environment is based on: from the cache, if it did not change since it was asked. */
async function baseOf({ recorded, python }: Inspection, context: Context): Promise<Interpreter | undefined> {
  for (const executable of new Set([recorded.executable, python.realExecutable, python.executable])) {
    if (executable === undefined) continue;
    try {
      return await probeInterpreter(executable, context, 'the base of the environment');
    } catch (error) {
      context.signal.throwIfAborted();
      context.debug(`${executable} is not asked: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return undefined;
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

function environmentFrom({ directory, prompt, layout }: Inspection, interpreter: Interpreter): Environment {
  const { scheme } = interpreter;
  return {
    destination: directory,
    ...(prompt === undefined ? {} : { prompt }),
    interpreter,
    layout: { ...scheme, scripts: layout.scripts, executable: layout.executable },
  };
}

function isSame(version: string, { version: current }: Interpreter): boolean {
  return version === `${formatMinorVersion(current)}.${current.micro}`;
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
