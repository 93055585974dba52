import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode, VivariumError } from '../error.ts';
import type { PlanMode } from '../plan/plan.ts';
import { type Exchange, FixedFolder, isThere, remove, removeMadeParents } from './exchange.ts';
import { removeAbandoned, stagingPath } from './staging.ts';

const CANT_WRITE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The usual way: the staging folder lies beside the destination and becomes it by one rename. */
export function exchangeFolder(destination: string, mode: PlanMode): Exchange {
  const parent = dirname(destination);
  const staging = stagingPath(parent, destination, 'new');
  const old = stagingPath(parent, destination, 'old');
  const madeParent = mkdirSync(parent, { recursive: true });
  try {
    removeAbandoned(parent, destination);
    mkdirSync(staging);
  } catch (error) {
    removeMadeParents(madeParent, parent);
    if (isThere(destination) && CANT_WRITE.has(systemCode(error) ?? ''))
      throw new FixedFolder(parent, { cause: error });
    throw error;
  }
  let isMoved = false;

  return {
    staging,
    move() {
      if (mode === 'replace' && isThere(destination)) rename(destination, old);
      rename(staging, destination);
      isMoved = true;
    },
    finish() {
      remove(old);
    },
    undo() {
      if (isMoved) renameSync(destination, staging);
      if (isThere(old)) renameSync(old, destination);
      remove(staging);
      removeMadeParents(madeParent, parent);
    },
  };
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EBUSY' || code === 'EXDEV') throw new FixedFolder(to, { cause: error });
    if (isThere(to) && (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR')) {
      throw new VivariumError('DESTINATION_TAKEN', `${to} was made by somebody else meanwhile (${contents(to)})`, {
        cause: error,
        hint: 'What is there was left as it is. Another run may have made the same environment.',
      });
    }
    throw error;
  }
}

function contents(folder: string): string {
  try {
    const names = readdirSync(folder);
    return names.includes('pyvenv.cfg') ? 'an environment' : `it holds ${names.slice(0, 3).join(', ')}`;
  } catch {
    return 'not a folder';
  }
}
