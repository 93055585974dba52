import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VivariumError } from '@vivarium/core/host';
import { normalizeName } from '@vivarium/packaging';
import type { LockedFile, LockedPackage, PackageSource } from '@vivarium/pylock';
import { withoutCredentials } from './credentials.ts';

/** The part of pip's installation report that a lock is written from (pip.pypa.io, "Installation Report", version 1). */
export interface PipReport {
  readonly pip_version: string;
  readonly install: readonly ReportedPackage[];
  /** The environment of markers that pip resolved in. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A package that pip would install. */
export interface ReportedPackage {
  readonly download_info: DirectUrl;
  /** It was named by a path or URL. */
  readonly is_direct: boolean;
  readonly is_yanked?: boolean;
  /** It was asked for by itself. */
  readonly requested: boolean;
  readonly metadata: { readonly name: string; readonly version: string; readonly requires_python?: string };
}

/** The data structure of direct URLs (packaging.python.org). */
interface DirectUrl {
  readonly url: string;
  readonly subdirectory?: string;
  readonly archive_info?: { readonly hashes?: Readonly<Record<string, string>> };
  readonly vcs_info?: { readonly vcs: string; readonly commit_id: string; readonly requested_revision?: string };
  readonly dir_info?: { readonly editable?: boolean };
}

/** @throws VivariumError `RESOLUTION_FAILED` for what is not a report of a version that is known */
export function readPipReport(text: string): PipReport {
  const report: unknown = parse(text);
  const { version, install, environment, pip_version } = Object(report) as Record<string, unknown>;
  if (
    version !== '1' ||
    !Array.isArray(install) ||
    typeof environment !== 'object' ||
    typeof pip_version !== 'string'
  ) {
    throw new VivariumError('RESOLUTION_FAILED', "pip's report is not of version 1, the one that is known");
  }
  return report as PipReport;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new VivariumError('RESOLUTION_FAILED', "pip's report is not JSON", { cause });
  }
}

/** The entry of a lock for a package; a file that pip gave no hash of has an empty table. */
export function lockedPackage({ download_info: info, is_direct, metadata }: ReportedPackage): LockedPackage {
  const source = sourceOf(info, is_direct);
  // What a source tree is a version of may be another the next time.
  const isFixed = source.kind === 'files' || source.kind === 'archive';
  return {
    name: normalizeName(metadata.name),
    ...(isFixed ? { version: metadata.version } : {}),
    ...(metadata.requires_python ? { requiresPython: metadata.requires_python } : {}),
    source,
  };
}

function sourceOf(
  { url, subdirectory, archive_info, vcs_info, dir_info }: DirectUrl,
  isDirect: boolean,
): PackageSource {
  const inside = subdirectory === undefined ? {} : { subdirectory };
  if (vcs_info !== undefined) {
    const { vcs: type, commit_id: commitId, requested_revision: revision } = vcs_info;
    const requested = revision === undefined ? {} : { requestedRevision: revision };
    return { kind: 'vcs', type, ...placeOf(url), ...requested, commitId, ...inside };
  }
  if (dir_info !== undefined) {
    return { kind: 'directory', path: fileURLToPath(url), editable: dir_info.editable === true, ...inside };
  }
  const file = fileOf(url, archive_info?.hashes ?? {});
  if (file.name.endsWith('.whl')) return { kind: 'files', wheels: [file] };
  if (!isDirect) return { kind: 'files', wheels: [], sdist: file };
  const { name: _, ...archive } = file;
  return { kind: 'archive', ...archive, ...inside };
}

function fileOf(url: string, hashes: Readonly<Record<string, string>>): LockedFile {
  const name = decodeURIComponent(basename(new URL(url).pathname));
  return { name, ...placeOf(url), hashes };
}

function placeOf(url: string): { readonly url: string } | { readonly path: string } {
  return url.startsWith('file:') ? { path: fileURLToPath(url) } : { url: withoutCredentials(url) };
}
