import { type Context, type Discoverer, formatVersion, type Interpreter, VivariumError } from '@vivarium/core';
import { isFolder } from '../sources/executable-file.ts';
import { managerShelves } from '../sources/managers.ts';
import type { Wanted } from './find.ts';

/** A candidate that was not taken, and why. */
export type Miss = { readonly executable: string; readonly source: string } & (
  | { readonly interpreter: Interpreter; readonly because: string }
  | { readonly failure: VivariumError }
);

/** A search without result. */
export interface Search {
  readonly wanted: readonly Wanted[];
  readonly misses: readonly Miss[];
  readonly discoverer: Discoverer;
  readonly context: Context;
}

const MOST_LINES = 12;

/** The error for a search without result: what was asked for, what there is instead, and where was looked. */
export function notFound({ wanted, misses, discoverer, context }: Search): VivariumError {
  const lines = [...new Map(misses.map((miss) => [identityOf(miss), describe(miss)])).values()];
  const more = lines.length - MOST_LINES;
  const places = discoverer.name === 'builtin' ? placesOf(context) : [`the discoverer \`${discoverer.name}\``];
  const message = [
    `No Python fits ${wanted.map(({ text }) => (text.includes(' ') ? text : `\`${text}\``)).join(' or ')}`,
    ...(lines.length > 0 ? ['  found instead:', ...lines.slice(0, MOST_LINES).map((line) => `    ${line}`)] : []),
    ...(more > 0 ? [`    and ${more} more`] : []),
    `  searched: ${places.join(', ')}`,
  ].join('\n');
  const cause = misses.find((miss) => 'failure' in miss)?.failure;
  const source = wanted.find((one) => one.source !== undefined)?.source;
  return new VivariumError('INTERPRETER_NOT_FOUND', message, {
    hint: hintFor(misses, source),
    ...(cause !== undefined && { cause }),
    ...(source !== undefined && { source }),
  });
}

/** One Python has several names (`python`, `python3`), and is told of once. */
function identityOf(miss: Miss): string {
  return 'failure' in miss ? miss.executable : `${miss.interpreter.realExecutable}\n${miss.interpreter.prefix}`;
}

function describe(miss: Miss): string {
  if ('failure' in miss) return miss.failure.message;
  const { implementation, version } = miss.interpreter;
  return `${implementation} ${formatVersion(version)}  ${miss.executable} (${miss.source}): ${miss.because}`;
}

function placesOf(context: Context): readonly string[] {
  const shelves = managerShelves(context).filter(({ folder }) => isFolder(folder));
  return ['PATH', ...shelves.map(({ source, folder }) => `${source} (${folder})`)];
}

function hintFor(misses: readonly Miss[], source: string | undefined): string {
  const other = misses.find((miss) => 'interpreter' in miss)?.interpreter;
  const example = other === undefined ? '/path/to/python' : `${other.version.major}.${other.version.minor}`;
  const pinned = source === undefined ? '' : `It is asked for by ${source}. `;
  return `${pinned}Name another with -p, for example -p ${example}, or give the path of a Python.`;
}
