import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Applied,
  applyPlan,
  type Cache,
  type FlagValue,
  inEnvironment,
  isVivariumError,
  messageOf,
  type Options,
  openRun,
  type Plan,
  type Run,
  type RunStep,
  VivariumError,
} from '@vivarium/core/host';
import { findInterpreter } from '@vivarium/discovery';
import {
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type Finding,
  needsPython,
  planRepair,
  type Repair,
  type Skipped,
  specsFor,
  type WantedFile,
  wantedSeeds,
  whyOtherPython,
} from '@vivarium/environments';
import { readConfigFiles } from '../config/config-files.ts';
import type { RunContext } from '../create/request.ts';
import { selectAndResolve } from '../settings.ts';
import { packageVersion } from '../version.ts';

/** How an environment is repaired. */
export interface RepairOptions extends RunContext {
  /** The environment, or a redirect to it. */
  readonly path: string;
  /** What the base is looked for by; it has to be of the same minor version. @default the one that the environment has, or one like it */
  readonly python?: string | undefined;
  /** Plan only. */
  readonly dryRun: boolean;
  /** Where the cache is, and other settings that say nothing about the environment. */
  readonly flags?: Readonly<Record<string, FlagValue>>;
  /** The same of plugins, once the plugins are known. */
  readonly pluginFlags?: (declared: Options) => Readonly<Record<string, FlagValue>>;
  /** How the environment is diagnosed. */
  readonly diagnosis?: DiagnoseOptions;
}

/** What was repaired, or would be. */
export interface Repaired {
  /** What was found before. */
  readonly diagnosis: Diagnosis;
  readonly repair: Repair;
  /** How it was done; missing where nothing was. */
  readonly applied?: Applied;
  /** What is still found afterwards; after a dry run what was found before. */
  readonly remaining: readonly Finding[];
  /** What is left, and why. */
  readonly skipped: readonly Skipped[];
}

/**
 * Repairs an environment, whatever created it: diagnoses it, plans the smallest changes that fix what was found, applies
 * them, and diagnoses it again. Its Python is never replaced by one of another minor version.
 *
 * @throws VivariumError what `diagnose` and `applyPlan` throw
 */
export async function repairEnvironment(options: RepairOptions): Promise<Repaired> {
  const diagnosis = diagnose(options.path, options.diagnosis);
  const { findings } = diagnosis;
  if (options.python !== undefined) {
    assertNotConda(diagnosis);
    const rebuilt = await rebuildForOther(options, diagnosis);
    if (rebuilt !== undefined) return rebuilt;
  }
  const base = await open(options, diagnosis, { seeds: [] });
  const seeds = wantedSeeds(findings);
  const withSeeds = seeds.length === 0 ? undefined : await open(options, diagnosis, { seeds });
  try {
    const { plan: again, reason } = await planAgain(base.run, options, diagnosis);
    const seeded =
      again === undefined
        ? undefined
        : await withSeeds?.run.plan(destination(diagnosis), [again.environment.interpreter.executable]);
    const repair = planRepair({
      diagnosis,
      ...(again === undefined ? {} : { again }),
      ...(seeded === undefined ? {} : { seeded }),
      ...(reason === undefined ? {} : { whyNoPython: reason }),
      restore: (file) => findInImages(file, base.run.cache),
    });
    if (options.dryRun || repair.changes === undefined) {
      return { diagnosis, repair, remaining: findings, skipped: repair.skipped };
    }
    const applied = await applyPlan(repair.changes, {
      signal: options.signal,
      env: options.env,
      cache: base.run.cache,
    });
    const remaining = diagnose(options.path, options.diagnosis).findings;
    const left = new Set(remaining.map(({ code }) => code));
    return { diagnosis, repair, applied, remaining, skipped: repair.skipped.filter(({ code }) => left.has(code)) };
  } finally {
    base.run.cache.close();
    withSeeds?.run.cache.close();
  }
}

function assertNotConda({ inspection }: Diagnosis): void {
  if (inspection.createdBy.tool !== 'conda') return;
  const message = `${inspection.directory} is an environment of conda, which has a Python of its own`;
  throw new VivariumError('REPAIR_NOT_COMPLETE', message, {
    hint: `Run \`conda install -p ${inspection.directory} python=VERSION\`.`,
  });
}

/**
 * With another minor version that was asked for, the environment is created again in its place, and what is known of
 * its packages is installed again by pip. When that fails, the old one is there as it was.
 *
 * @returns `undefined` where the Python is of the version that the packages are for
 */
async function rebuildForOther(options: RepairOptions, diagnosis: Diagnosis): Promise<Repaired | undefined> {
  const specs = options.python === undefined ? [] : [options.python];
  const known = packagesOf(diagnosis);
  const seeds = [...new Set([...diagnosis.inspection.seeds, ...(known.length > 0 ? ['pip'] : [])])];
  const { run } = await open(options, diagnosis, { seeds, clear: true });
  try {
    const interpreter = await run.find(specs);
    if (whyOtherPython(diagnosis, interpreter) === undefined) return undefined;
    const plan = await run.plan(destination(diagnosis), specs);
    const changes = { ...plan, steps: [...plan.steps, ...installAgain(known, plan)] };
    const fixes = diagnosis.findings.filter(({ remedy }) => remedy.kind !== 'command').map(({ code }) => code);
    const repair: Repair = { changes, fixes: [...new Set(fixes)], skipped: [] };
    if (options.dryRun) return { diagnosis, repair, remaining: diagnosis.findings, skipped: [] };
    const applied = await applyPlan(changes, { signal: options.signal, env: options.env, cache: run.cache });
    const remaining = diagnose(options.path, options.diagnosis).findings;
    return { diagnosis, repair, applied, remaining, skipped: [] };
  } finally {
    run.cache.close();
  }
}

/** What pip is asked for to have the packages of an environment again, without its seeds. */
function packagesOf({ inspection }: Diagnosis): readonly string[] {
  const seeds = new Set(inspection.seeds);
  return inspection.distributions
    .filter(({ name, version }) => version !== '' && !seeds.has(name.toLowerCase()))
    .flatMap(({ name, version, url, isEditable }) => {
      if (url === undefined) return [`${name}==${version}`];
      return isEditable ? ['--editable', url.startsWith('file:') ? fileURLToPath(url) : url] : [url];
    });
}

function installAgain(known: readonly string[], { environment }: Plan): readonly RunStep[] {
  if (known.length === 0) return [];
  const python = inEnvironment(environment, environment.layout.executable);
  const command = [python, '-m', 'pip', 'install', '--no-deps', '--disable-pip-version-check', ...known] as const;
  return [{ kind: 'run', command: [...command], purpose: 'install again what was installed' }];
}

function destination({ inspection }: Diagnosis): string {
  return inspection.directory;
}

interface Planned {
  readonly plan?: Plan;
  /** Why there is no plan: a clause after "because". */
  readonly reason?: string;
}

/** The plan for creating the environment again in its place, where the findings take one. */
async function planAgain(run: Run, { python }: RepairOptions, diagnosis: Diagnosis): Promise<Planned> {
  if (!needsPython(diagnosis.findings)) return {};
  const specs = python === undefined ? specsFor(diagnosis) : [python];
  if (specs.length === 0) return { reason: 'nothing in it says which Python it is for; name one with -p' };
  try {
    const interpreter = await run.find(specs);
    const other = whyOtherPython(diagnosis, interpreter);
    if (other !== undefined) return { reason: other };
    return { plan: await run.plan(destination(diagnosis), specs) };
  } catch (error) {
    if (!isVivariumError(error) || error.code === 'INTERRUPTED') throw error;
    return { reason: `no Python is found for it (${messageOf(error).split('\n')[0]})` };
  }
}

/** A run that plans the environment as it is: with its prompt, its way of links or copies, and these seeds. */
async function open(
  options: RepairOptions,
  { inspection }: Diagnosis,
  { seeds, clear = false }: { readonly seeds: readonly string[]; readonly clear?: boolean },
): Promise<{ readonly run: Run }> {
  const { env, cwd, signal, warn, debug, flags = {}, pluginFlags = () => ({}) } = options;
  const isCopied = inspection.python.state === 'ok' && inspection.python.links.length === 0;
  const chosen = Object.fromEntries(
    ['pip', 'setuptools', 'wheel'].map((name) => [name, flag(`--${name}`, seeds.includes(name) ? 'bundle' : 'none')]),
  );
  const early = {
    flags: {
      ...flags,
      ...(clear ? { clear: flag('--clear', true) } : { allowExisting: flag('--allow-existing', true) }),
      copies: flag('--copies', isCopied),
      systemSitePackages: flag('--system-site-packages', inspection.systemSitePackages),
      ...(inspection.prompt === undefined ? {} : { prompt: flag('--prompt', inspection.prompt) }),
      ...(seeds.length === 0 ? { noSeed: flag('--no-seed', true) } : {}),
    },
    env: onlyPlaces(env),
    files: await readConfigFiles({ env, cwd: '/' }),
    cwd,
  };
  const { plugins, settings } = await selectAndResolve({
    ownOptions: {},
    early,
    all: (declared) => {
      const further = { ...pluginFlags(declared), ...(seeds.length === 0 || declared.pip === undefined ? {} : chosen) };
      return Object.keys(further).length === 0 ? early : { ...early, flags: { ...early.flags, ...further } };
    },
    ignoresInvalidValues: true,
  });
  const tool = { name: 'vivarium', version: packageVersion() };
  return {
    run: openRun({ plugins, settings, findInterpreter, tool, dryRun: options.dryRun, env, cwd, signal, warn, debug }),
  };
}

/** Variables about the cache; those that say how environments are created are not about one that exists. */
function onlyPlaces(env: RunContext['env']): RunContext['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => /(?:APP_DATA|COMPILE_SEEDS)$/.test(name)));
}

function flag(name: string, value: boolean | string): FlagValue {
  return { flag: name, value };
}

/**
 * A file of a package in the images of the cache. The recorded hash decides, so that a damaged image gives nothing.
 */
function findInImages({ name, version, path, hash }: WantedFile, { directory }: Cache): string | undefined {
  const [algorithm = '', digest] = hash.split('=', 2);
  if (!/^sha(?:256|384|512)$/.test(algorithm) || digest === undefined) return undefined;
  const tree = `${name.replaceAll(/[-_.]+/g, '_').toLowerCase()}-${version}.image`;
  for (const image of imagesIn(directory)) {
    for (const scheme of ['purelib', 'platlib']) {
      const file = join(image, tree, scheme, path);
      try {
        if (createHash(algorithm).update(readFileSync(file)).digest('base64url') === digest) return file;
      } catch {
        // Another image.
      }
    }
  }
  return undefined;
}

function imagesIn(cache: string): readonly string[] {
  const list = (path: string): readonly string[] => {
    try {
      return readdirSync(path).map((name) => join(path, name));
    } catch {
      return [];
    }
  };
  return ['images', 'compiled'].flatMap((kind) => list(join(cache, kind)).flatMap(list));
}

/** The error of a repair that left something. */
export function leftError({ diagnosis, skipped }: Repaired): VivariumError | undefined {
  const [first] = skipped;
  if (first === undefined) return undefined;
  const message = skipped.map(({ reason }) => reason).join('\n');
  return new VivariumError('REPAIR_NOT_COMPLETE', message, {
    hint: `\`vivarium doctor ${diagnosis.inspection.directory}\` shows what is left.`,
  });
}
