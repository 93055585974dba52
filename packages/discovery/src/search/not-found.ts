import { type ConfiguredDiscoverer, type Context, VivariumError } from '@vivarium/core/plugin';
import { isDirectory } from '../sources/executable-file.ts';
import { installRoots } from '../sources/managers.ts';
import { matchesSpec } from '../spec/match.ts';
import { listInterpreters } from './list.ts';
import { describeMiss, type Miss } from './miss.ts';
import type { Wanted } from './wanted.ts';

/** A search without result. */
export interface FailedSearch {
  readonly wanted: readonly Wanted[];
  readonly misses: readonly Miss[];
  /** Who was asked, in order. */
  readonly asked: readonly ConfiguredDiscoverer[];
  readonly context: Context;
}

const MAX_LINES = 12;
// For looking at what the search had no reason to look at; what is remembered takes no time.
const TIME_FOR_OTHERS = 3000;

/** The error for a search without result: what was asked for, what there is instead, and where was looked. */
export async function notFound({ wanted, misses, asked, context }: FailedSearch): Promise<VivariumError> {
  const isBuiltin = asked.some(({ discoverer }) => discoverer.name === 'builtin');
  const isForVersion = wanted.some(({ spec }) => spec?.kind !== 'path');
  const all = isBuiltin && isForVersion ? [...misses, ...(await othersThan(misses, wanted, context))] : misses;
  const isFailure = (miss: Miss): boolean => 'failure' in miss;
  const builtinPlaces = isForVersion ? placesOf(context) : ['the working directory', 'PATH'];
  const places = isBuiltin ? builtinPlaces : asked.map(({ discoverer }) => `the discoverer \`${discoverer.name}\``);
  const message = [
    `${isForVersion ? 'No Python fits' : 'No executable is called'} ${wanted.map(nameOf).join(' or ')}`,
    ...section("can't be used", all.filter(isFailure)),
    ...section(
      'found instead',
      all.filter((miss) => !isFailure(miss)),
    ),
    `  searched: ${places.join(', ')}`,
  ].join('\n');
  const cause = all.find((miss) => 'failure' in miss)?.failure;
  const source = wanted.find((one) => one.source !== undefined)?.source;
  return new VivariumError('INTERPRETER_NOT_FOUND', message, {
    hint: [await hintsOfFetching({ wanted, asked, context }), hintFor(all, source, cause)].filter(Boolean).join('\n'),
    ...(cause !== undefined && { cause }),
    ...(source !== undefined && { source }),
  });
}

/** What discoverers could fetch, if they were allowed to, and why those that were have fetched nothing. */
async function hintsOfFetching({ wanted, asked, context }: Omit<FailedSearch, 'misses'>): Promise<string> {
  const hints = new Set<string>();
  for (const { discoverer, settings } of asked) {
    for (const { spec } of wanted) hints.add((await discoverer.fetch?.hint?.(spec, settings, context)) ?? '');
  }
  return [...hints].filter(Boolean).join('\n');
}

function section(title: string, misses: readonly Miss[]): readonly string[] {
  const lines = [...new Map(misses.map((miss) => [identityOf(miss), `    ${describeMiss(miss)}`])).values()];
  if (lines.length === 0) return [];
  const more = lines.length - MAX_LINES;
  return [`  ${title}:`, ...lines.slice(0, MAX_LINES), ...(more > 0 ? [`    and ${more} more`] : [])];
}

function nameOf({ spec, text }: Wanted): string {
  return spec === undefined ? text : `\`${text}\``;
}

/** The Pythons of this machine that the search did not come across, as far as they can be learned of in a short time. */
async function othersThan(
  misses: readonly Miss[],
  wanted: readonly Wanted[],
  context: Context,
): Promise<readonly Miss[]> {
  const known = new Set(misses.map(({ executable }) => executable));
  const others: Miss[] = [];
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(TIME_FOR_OTHERS)]);
  try {
    for await (const listed of listInterpreters({ ...context, signal })) {
      if (!('interpreter' in listed) || known.has(listed.executable)) continue;
      const spec = wanted.at(-1)?.spec;
      const fits = spec === undefined || matchesSpec(listed.interpreter, spec);
      if (fits !== true) others.push({ ...listed, reason: fits.reason });
    }
  } catch (error) {
    context.signal.throwIfAborted();
    if (!signal.aborted) throw error;
  }
  return others;
}

/** One Python has several names (`python`, `python3`), and is told of once. */
function identityOf(miss: Miss): string {
  return ('interpreter' in miss && miss.interpreter.realExecutable) || miss.executable;
}

function placesOf(context: Context): readonly string[] {
  const roots = installRoots(context).filter(({ directory }) => isDirectory(directory));
  const windows = process.platform === 'win32' ? ['the registry', 'py'] : [];
  return ['PATH', ...roots.map(({ source, directory }) => `${source} (${directory})`), ...windows];
}

function hintFor(misses: readonly Miss[], source: string | undefined, cause: VivariumError | undefined): string {
  if (cause?.code === 'INTERPRETER_NOT_INSTALLED' && cause.hint !== undefined) return cause.hint;
  const other = misses.find((miss) => 'interpreter' in miss)?.interpreter;
  const example = other === undefined ? '/path/to/python' : `${other.version.major}.${other.version.minor}`;
  const pinned = source === undefined ? '' : `It is asked for by ${source}. `;
  return `${pinned}Name another with -p, for example -p ${example}, or give the path of a Python.`;
}
