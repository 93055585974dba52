import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { ChangePlan, LinkMode, Step } from '@vivarium/core/host';
import type { Inspection } from '../inspect/inspection.ts';
import { type ContainedFile, type Contents, listContents } from './contents.ts';
import { type Prefixes, prefixesOf } from './prefixes.ts';
import { rewriteRecord } from './record.ts';
import { rewriteFirstLine } from './rewrite-first-line.ts';
import {
  pythonLiteral,
  replacePrefix,
  rewriteConfiguration,
  rewriteDirectUrl,
  rewriteEditableFinder,
  rewritePathLines,
} from './rewrite-metadata.ts';
import { type Quote, rewriteWords } from './rewrite-words.ts';
import { startStep } from './start-step.ts';

/** What an environment at another place consists of. */
export interface Relocation {
  readonly plan: ChangePlan;
  /** Files whose contents name the new place now, relative to the environment. */
  readonly rewritten: readonly string[];
  /** What could not be taken along as it should be, and why: each a sentence. */
  readonly notes: readonly string[];
}

/** How an environment gets to another place. */
export interface RelocationRequest {
  readonly inspection: Inspection;
  /** Absolute; nothing is there. */
  readonly destination: string;
  /**
   * How files get there that stay as they are. An environment that is removed afterwards can leave its own files to the
   * new one.
   */
  readonly link: readonly LinkMode[];
  /** How the scripts of each kind quote, by their file names: `activate.fish`. */
  readonly quotes: Readonly<Record<string, Quote>>;
}

/**
 * Plans an environment at another place with everything that is in one. Rewritten is only what provably names the old
 * place as its own: `pyvenv.cfg`, first lines of scripts, activation scripts, `.pth` files, the addresses of editable
 * installations, links into the environment, and the rows of `RECORD` for these. Other files that contain the old path are
 * named in the notes. The last step starts the Python at the new place.
 *
 * @throws VivariumError `ENVIRONMENT_NOT_READABLE`
 */
export function planRelocation(request: RelocationRequest): Relocation {
  const { inspection, destination, link } = request;
  const prefixes = prefixesOf(inspection, destination);
  const contents = listContents(inspection.directory);
  const rewriting = rewriteAll(contents, prefixes, request);
  const kept = contents.files.filter(({ path }) => !rewriting.files.has(path));
  const trees = [
    tree(
      inspection.directory,
      contents.directories,
      kept.filter(({ isShared }) => isShared),
      [...new Set<LinkMode>(['hardlink', ...link])],
    ),
    tree(
      inspection.directory,
      [],
      kept.filter(({ isShared }) => !isShared),
      link,
    ),
  ];
  const modes = new Map(contents.files.map(({ path, mode }) => [path, mode]));
  const steps: Step[] = [
    ...trees,
    ...[...rewriting.files].map(
      ([path, text]): Step => ({ kind: 'file', path, contents: text, mode: modes.get(path) ?? 0o644 }),
    ),
    ...contents.links.map(
      ({ path, target }): Step => ({
        kind: 'symlink',
        path,
        target: linkTarget(path, target, { prefixes, inspection }),
      }),
    ),
    startStep(inspection, destination),
  ];
  return {
    plan: {
      mode: 'create',
      environment: { destination, interpreter: { os: prefixes.os, platform: process.platform } },
      steps,
    },
    rewritten: [...rewriting.files.keys()],
    notes: [...rewriting.notes, ...contents.others.map((path) => `${path} is not a file, and is skipped`)],
  };
}

function tree(
  source: string,
  directories: readonly string[],
  files: readonly ContainedFile[],
  link: readonly LinkMode[],
): Step {
  return { kind: 'tree', path: '.', source, directories, files: files.map(({ path }) => path), link };
}

/** A link into the environment leads to the same place in the new one; a relative one that leaves it becomes absolute. */
function linkTarget(
  path: string,
  target: string,
  { prefixes, inspection }: { readonly prefixes: Prefixes; readonly inspection: Inspection },
): string {
  const moved = replacePrefix(target, prefixes);
  if (moved !== undefined || posix.isAbsolute(target)) return moved ?? target;
  const inside = posix.join(posix.dirname(path), target);
  return inside === '..' || inside.startsWith('../')
    ? posix.resolve(inspection.directory, posix.dirname(path), target)
    : target;
}

interface Rewriting {
  readonly files: Map<string, string>;
  readonly notes: string[];
}

/** Files larger than this are no scripts and no metadata. */
const MAX_BYTES = 4 * 1024 * 1024;

function rewriteAll(contents: Contents, prefixes: Prefixes, { inspection, quotes }: RelocationRequest): Rewriting {
  const rewriting: Rewriting = { files: new Map(), notes: [] };
  const records: string[] = [];
  for (const { path, bytes } of contents.files) {
    const kind = kindOf(path, inspection, quotes);
    if (kind === undefined || bytes > MAX_BYTES) continue;
    if (kind === 'record') {
      records.push(path);
      continue;
    }
    const data = readFileSync(join(inspection.directory, path));
    const text = textOf(data);
    const result = text === undefined || kind === 'other' ? undefined : kind(text, prefixes);
    if (result !== undefined && result !== text) rewriting.files.set(path, result);
    const left =
      kind === rewriteDirectUrl ? undefined : oldPlaceIn(result === undefined ? data : Buffer.from(result), prefixes);
    if (left !== undefined) rewriting.notes.push(`${path} contains ${left}, and that stays as it is`);
  }
  rewriteRecords(records, rewriting, { prefixes, inspection });
  return rewriting;
}

/** The old place, where a file still names it; the new one may contain it. */
function oldPlaceIn(contents: Buffer, { from, to }: Prefixes): string | undefined {
  const rest = contents.toString('latin1').replaceAll(Buffer.from(to).toString('latin1'), '');
  return from.find((prefix) => rest.includes(Buffer.from(prefix).toString('latin1')));
}

function rewriteRecords(
  records: readonly string[],
  { files }: Rewriting,
  { prefixes, inspection }: { readonly prefixes: Prefixes; readonly inspection: Inspection },
): void {
  const rewritten = new Map([...files].map(([path, text]) => [path, Buffer.from(text)]));
  for (const path of records) {
    const text = textOf(readFileSync(join(inspection.directory, path)));
    if (text === undefined) continue;
    const base = posix.dirname(posix.dirname(path));
    const result = rewriteRecord(text, { base, rewritten, prefixes });
    if (result !== text) files.set(path, result);
  }
}

/** How a file is rewritten; `other` where it is only looked at; nothing where it is not even that. */
type Rewrite = (text: string, prefixes: Prefixes) => string | undefined;

function kindOf(
  path: string,
  { layout }: Inspection,
  quotes: RelocationRequest['quotes'],
): Rewrite | 'record' | 'other' | undefined {
  const name = posix.basename(path);
  const directory = posix.dirname(path);
  if (path === 'pyvenv.cfg') return rewriteConfiguration;
  if (directory === layout.scripts) {
    const quote = name === 'activate_this.py' ? pythonLiteral : Object.hasOwn(quotes, name) ? quotes[name] : undefined;
    return quote === undefined ? rewriteFirstLine : (text, prefixes) => rewriteWords(text, prefixes, quote);
  }
  if (layout.sitePackages.includes(directory)) {
    if (/\.(?:pth|egg-link)$/.test(name)) return rewritePathLines;
    return /^__editable__.*_finder\.py$/.test(name) ? rewriteEditableFinder : 'other';
  }
  if (/\.(?:dist|egg)-info$/.test(directory) && layout.sitePackages.includes(posix.dirname(directory))) {
    return name === 'RECORD' ? 'record' : name === 'direct_url.json' ? rewriteDirectUrl : 'other';
  }
  return /^(?:share|etc|lib\/pkgconfig)\//.test(path) ? 'other' : undefined;
}

function textOf(data: Buffer): string | undefined {
  const text = data.toString('utf8');
  return data.equals(Buffer.from(text)) ? text : undefined;
}
