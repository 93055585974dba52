import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDirectory } from '@vivarium/core/host';
import { readSmallFile, whyNotTrusted } from '@vivarium/core/internal';
import { type Context, messageOf, systemCode, VivariumError } from '@vivarium/core/plugin';
import type { ManagedSettings } from '../options.ts';

const MARK = '.vivarium-pythons';
const TEXT = 'The Pythons in this directory are managed by vivarium. `vivarium pythons remove` removes one.\n';

/**
 * Where managed Pythons are: next to the cache, whose content may be deleted at any time, so that they stay.
 *
 * @returns `undefined` for a user without a home directory
 */
export function storeDirectory(
  { pythonStore }: Pick<ManagedSettings, 'pythonStore'>,
  env: Context['env'],
): string | undefined {
  if (pythonStore !== undefined) return pythonStore;
  const cache = defaultCacheDirectory(env);
  return cache === undefined ? undefined : `${cache}-pythons`;
}

/** The store, if it is there and no other user can write to it; what is in one that others can write to is not started. */
export function usableStore(settings: Pick<ManagedSettings, 'pythonStore'>, context: Context): string | undefined {
  const directory = storeDirectory(settings, context.env);
  if (directory === undefined || !isMarked(directory)) return undefined;
  const reason = whyNotTrusted(directory);
  if (reason === undefined) return directory;
  context.warn(`the Pythons in ${directory} are not used, because ${reason}`, 'PYTHON_STORE_NOT_USED');
  return undefined;
}

/**
 * The store, created where it does not exist. A directory with anything else in it does not become one.
 *
 * @throws VivariumError `PYTHON_STORE_NOT_WRITABLE`
 */
export function createStore(settings: Pick<ManagedSettings, 'pythonStore'>, context: Context): string {
  const directory = storeDirectory(settings, context.env);
  if (directory === undefined) throw notWritable('There is no home directory, and so none for Pythons');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    const reason = whyNotTrusted(directory);
    if (reason !== undefined) throw notWritable(`No Python is installed in ${directory}, because ${reason}`);
    if (isMarked(directory)) return directory;
    const [other] = readdirSync(directory).filter((name) => !name.startsWith('.'));
    if (other !== undefined) {
      throw notWritable(`${directory} can't become the directory of managed Pythons: it holds ${other}`);
    }
    mark(directory);
    return directory;
  } catch (error) {
    throw error instanceof VivariumError
      ? error
      : notWritable(`${directory} can't be used: ${messageOf(error)}`, error);
  }
}

function mark(directory: string): void {
  try {
    writeFileSync(join(directory, MARK), TEXT, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

function isMarked(directory: string): boolean {
  try {
    return lstatSync(join(directory, MARK)).isFile() && readSmallFile(join(directory, MARK))?.text === TEXT;
  } catch {
    return false;
  }
}

/** The error for a store that can't be written. */
export function notWritable(message: string, cause?: unknown): VivariumError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCode(cause) ?? '');
  return new VivariumError('PYTHON_STORE_NOT_WRITABLE', message, {
    hint: isFull
      ? 'Make room on the disk, or name a directory on another with --python-store.'
      : 'Name another directory with --python-store.',
    ...(cause === undefined ? {} : { cause }),
  });
}
