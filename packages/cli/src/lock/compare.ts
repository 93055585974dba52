import { dirname } from 'node:path';
import type { Context, CoreSettings, Interpreter, Receipt } from '@vivarium/core/host';
import type { Inspection } from '@vivarium/environments';
import { compareVersions, normalizeName, parseVersion, tagFactsOf, wheelTags } from '@vivarium/packaging';
import { LockError, type Pylock, type SelectedPackage } from '@vivarium/pylock';
import type { PackageSetting } from '../create/request.ts';
import { asVivariumError } from './lock-errors.ts';
import { readLock } from './open-lock.ts';
import { byName, type PackageChange } from './package-change.ts';
import { assertClear } from './requested.ts';
import { resolveRequirements } from './resolve-requirements.ts';
import { selectFor } from './select-for.ts';

/** The settings that packages are compared by. */
export type ListSettings = Pick<CoreSettings, PackageSetting | 'noSeed'>;

/** What decides which packages differ. */
export interface DifferenceRequest {
  readonly destination: string;
  readonly interpreter: Interpreter;
  /** What is installed, and what of it are seeds. */
  readonly found: Pick<Inspection, 'distributions' | 'seeds'>;
  /** The settings that name a lock or requirements. */
  readonly settings: ListSettings;
  readonly context: Context;
}

/**
 * How the packages of an environment differ from those of a list.
 *
 * @param receipt what was installed from a list before
 */
export async function compareWithList(
  request: DifferenceRequest,
  receipt: Receipt | undefined,
): Promise<readonly PackageChange[]> {
  const { interpreter, found, settings } = request;
  const { lock, extras, groups } = await readList(request);
  const tags = wheelTags(tagFactsOf(interpreter, interpreter.system));
  const selected = select();
  const installed = new Map(found.distributions.map(({ name, version }) => [normalizeName(name), version]));
  const recorded = new Map(receipt?.packages.map((one) => [one.name, one]));
  const wanted = new Set(selected.map(({ package: { name } }) => name));

  const changes = selected.flatMap((one): PackageChange[] => {
    const { name, version: to } = one.package;
    const from = installed.get(name);
    const target = to === undefined ? {} : { to };
    if (from === undefined) return [{ name, action: 'add', ...target }];
    const file = recorded.get(name);
    const known = file !== undefined && isSameVersion(file.version, from) ? file.sha256 : undefined;
    return isSatisfied(one, from, known) ? [] : [{ name, action: 'change', from, ...target }];
  });
  const seeds = new Set(receipt?.packages.flatMap(({ name, isListed }) => (isListed ? [] : [name])) ?? found.seeds);
  const removed = [...installed].flatMap(([name, from]): PackageChange[] => {
    if (wanted.has(name)) return [];
    const goes = recorded.get(name)?.isListed || (settings.exact && (settings.noSeed || !seeds.has(name)));
    return goes ? [{ name, action: 'remove', from }] : [];
  });
  return [...changes, ...removed].sort(byName);

  function select(): readonly SelectedPackage[] {
    try {
      return selectFor(interpreter, { lock, tags, source: { extras, groups } }).selected;
    } catch (error) {
      throw error instanceof LockError ? asVivariumError(error) : error;
    }
  }
}

interface List {
  readonly lock: Pylock;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

async function readList({ interpreter, settings, context }: DifferenceRequest): Promise<List> {
  const { lock: file, extras = [], groups = [], requirements = [], with: specs = [], resolver, allowBuild } = settings;
  if (requirements.length + specs.length > 0) {
    assertClear(settings);
    const request = { files: requirements, specs, allowBuild, interpreter, context };
    return { lock: (await resolveRequirements(resolver, request)).lock, extras: [], groups: [] };
  }
  if (file === undefined) throw new TypeError(`No list of packages is named in ${dirname(context.cwd)}`);
  return { lock: readLock({ file, extras, groups, warn: context.warn }).lock, extras, groups };
}

/**
 * Whether what is installed is what a lock asks for.
 *
 * @param known SHA-256 of the wheel that it was installed from, where that is known
 */
function isSatisfied({ artifact, package: { version } }: SelectedPackage, from: string, known?: string): boolean {
  if (version !== undefined && !isSameVersion(version, from)) return false;
  switch (artifact.kind) {
    case 'wheel': {
      const { sha256 } = artifact.file.hashes;
      return known === undefined || sha256 === undefined || known === sha256.toLowerCase();
    }
    case 'index': {
      const digests = artifact.hashes.flatMap(({ algorithm, digest }) => (algorithm === 'sha256' ? [digest] : []));
      return known === undefined || digests.length === 0 || digests.includes(known);
    }
    default:
      // What was built says nothing of its source. Of a source distribution the version does.
      return artifact.kind === 'sdist' && version !== undefined;
  }
}

function isSameVersion(a: string, b: string): boolean {
  try {
    return compareVersions(parseVersion(a), parseVersion(b)) === 0;
  } catch {
    return a === b;
  }
}
