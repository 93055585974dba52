import { basename, join } from 'node:path';
import type { Inspection } from '../inspect/inspection.ts';
import { listDirectory } from '../read/list-directory.ts';
import { readStart } from '../read/read-start.ts';

/** A record of a package with ten thousand files has this size. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * An environment; one of conda with only those of its packages that pip has installed: conda changes files of its own
 * packages when it installs them, and records in `conda-meta` which they are.
 */
export function withoutCondaPackages(inspection: Inspection): Inspection {
  const { directory, distributions, createdBy } = inspection;
  if (createdBy.tool !== 'conda') return inspection;
  const own = recordedByConda(directory);
  const ofPip = distributions.filter(
    ({ path, installer }) => installer !== 'conda' && own?.has(basename(path)) === false,
  );
  return { ...inspection, distributions: ofPip };
}

/** The names of `.dist-info` directories that conda has installed; `undefined` where a record of it can't be read. */
function recordedByConda(directory: string): ReadonlySet<string> | undefined {
  const meta = join(directory, 'conda-meta');
  const names = listDirectory(meta).flatMap(({ name }) => (name.endsWith('.json') ? [name] : []));
  const texts = names.map((name) => readStart(join(meta, name), MAX_BYTES));
  if (texts.some((text) => text === undefined || text.length >= MAX_BYTES)) return undefined;
  const parts = texts.flatMap((text) => text?.toString('utf8').split(/[/"]/) ?? []);
  return new Set(parts.filter((part) => part.endsWith('.dist-info')));
}
