import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compare } from '@renovatebot/pep440';
import { capture, inSlices } from '@vivarium/core/internal';
import { type Context, type Interpreter, VivariumError } from '@vivarium/core/plugin';
import type { WheelFacts } from '../choose/wheel-facts.ts';
import { CACHED_WHEELS, cacheEntryOf, isPresent, type WheelCandidate } from '../find/candidate.ts';
import { parseWheelFileName } from '../find/wheel-file-name.ts';
import { openWheel } from '../read/open-wheel.ts';
import { dropMark, readMark, type UpdateMark, writeMark } from '../update/mark.ts';
import { pipEnvironment } from './pip-environment.ts';

/** What to download, and by which pip. */
export interface Download {
  /** Normalised as PEP 503 has it. */
  readonly name: string;
  /** A PEP 440 range; empty for the newest. */
  readonly range: string;
  readonly interpreter: Interpreter;
  /** A wheel of pip that fits the interpreter; without it the interpreter's own is used. */
  readonly pipWheel: string | undefined;
  /** What is available locally: such a wheel isn't kept a second time. */
  readonly candidates: readonly WheelCandidate[];
  readonly context: Context;
  /** The minor version to find a wheel for, `3.12`, where it isn't the interpreter's. */
  readonly python?: string;
  /** Nothing that was published later, in milliseconds since the epoch; pip 26 and later understand it. */
  readonly uploadedBefore?: number;
  /** A version of which no older one and not itself is kept. */
  readonly newerThan?: string | undefined;
  /** How it is marked where no user named it. */
  readonly mark?: UpdateMark;
}

/**
 * Fetches one wheel with `pip download`, run by the interpreter that it is for, and keeps it in the cache. Indexes,
 * proxies, certificates and credentials are those that pip is configured with.
 *
 * @throws VivariumError `DOWNLOAD_FAILED`, `WHEEL_INVALID`
 */
export async function downloadWheel(download: Download): Promise<Downloaded> {
  const [wheel] = await downloadWheels([download]);
  if (wheel === undefined) throw new TypeError('Every download has an answer');
  return wheel;
}

/** A wheel that was fetched, and what is known of it. */
export interface Downloaded {
  readonly candidate: WheelCandidate;
  readonly facts: WheelFacts;
}

/**
 * Fetches several wheels with one process; all but their names, ranges and marks have to be the same. Either all are
 * fetched or none is kept.
 *
 * @throws VivariumError as {@link downloadWheel} does
 */
export async function downloadWheels(downloads: readonly [Download, ...Download[]]): Promise<readonly Downloaded[]> {
  const staging = mkdtempSync(join(tmpdir(), 'vivarium-download-'));
  try {
    await runPip(downloads, staging);
    const files = readdirSync(staging);
    const fetched = await Promise.all(downloads.map((download) => openFetched(download, files, staging)));
    return await Promise.all(fetched.map((wheel, index) => keep(wheel, downloads[index] ?? downloads[0])));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function openFetched(download: Download, files: readonly string[], directory: string): Promise<Downloaded> {
  // A single file is taken by any name: reading it tells what it is.
  const file = files.length === 1 ? files[0] : files.find((each) => parseWheelFileName(each)?.name === download.name);
  const name = file === undefined ? undefined : parseWheelFileName(file);
  if (file === undefined || name === undefined) throw failure(download, 'pip gave no wheel');
  const candidate: WheelCandidate = { ...name, path: join(directory, file), origin: 'cache' };
  return { candidate, facts: await inSlices(openWheel(candidate), download.context.pause) };
}

async function keep({ candidate, facts }: Downloaded, download: Download): Promise<Downloaded> {
  const known = download.candidates.find((other) => other.locked?.sha256 === facts.sha256 && isPresent(other));
  if (known !== undefined) return { candidate: known, facts };
  const { newerThan } = download;
  if (newerThan !== undefined && compare(candidate.version, newerThan) <= 0) return { candidate, facts };
  const file = basename(candidate.path);
  const entry = cacheEntryOf(file, facts.sha256);
  const { cache } = download.context;
  // First the mark: a wheel without one is taken for one that a user asked for.
  const isNew = cache.findDirectory(`${CACHED_WHEELS}/${entry}`) === undefined;
  if (download.mark === undefined) dropMark(entry, cache);
  else if (isNew || readMark(entry, cache) !== undefined) writeMark(entry, download.mark, cache);
  const kept = await cache.getDirectory(`${CACHED_WHEELS}/${entry}`, (directory) => {
    copyFileSync(candidate.path, join(directory, file));
  });
  return { candidate: { ...candidate, path: join(kept.path, file), entry }, facts };
}

async function runPip(downloads: readonly [Download, ...Download[]], target: string): Promise<void> {
  const [download] = downloads;
  const { interpreter, pipWheel, context } = download;
  const wanted = downloads.map(({ name, range }) => `${name}${range}`);
  const pip = pipWheel === undefined ? ['-m', 'pip'] : [join(pipWheel, 'pip')];
  const quiet = ['--quiet', '--progress-bar', 'off', '--disable-pip-version-check', '--no-input'];
  const { python, uploadedBefore } = download;
  const choice = ['--only-binary=:all:', '--no-deps', '--dest', target, ...wanted];
  if (python !== undefined) choice.unshift('--python-version', python);
  if (uploadedBefore !== undefined) choice.unshift('--uploaded-prior-to', new Date(uploadedBefore).toISOString());
  const args = [...pip, 'download', ...quiet, ...choice];
  context.emit?.({ type: 'download', packages: wanted });
  context.debug(`fetching ${wanted.join(', ')} with ${pipWheel === undefined ? 'pip' : basename(pipWheel)}`);
  const ended = await capture({
    executable: interpreter.systemExecutable,
    args,
    env: pipEnvironment(context.env),
    cwd: target,
    signal: context.signal,
  });
  for (const line of ended.stderr.split('\n')) {
    if (line.startsWith('WARNING:') && line.includes('yanked'))
      context.warn(line.slice('WARNING:'.length).trim(), 'WHEEL_YANKED');
  }
  if (ended.failure !== undefined)
    throw failure(download, reasonOf(ended.stderr) ?? `it ${ended.failure}`, ended.cause);
}

/** pip's own last word; what it says before is how it got there. */
export function reasonOf(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  return (
    lines
      .findLast((line) => line.startsWith('ERROR:'))
      ?.slice('ERROR:'.length)
      .trim() ?? lines.findLast(Boolean)
  );
}

function failure({ name, range, interpreter }: Download, reason: string, cause?: unknown): VivariumError {
  return new VivariumError('DOWNLOAD_FAILED', `pip could not fetch ${name}${range}: ${reason}`, {
    cause,
    hint: `pip uses its own index, proxy and certificate settings: see \`${interpreter.systemExecutable} -m pip config list\`.`,
  });
}
