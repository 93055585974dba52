import { TomlDate } from 'smol-toml';
import type { LockedFile, LockedPackage, PackageSource, Pylock, TomlTable } from './lock.ts';
import { LockError } from './lock-error.ts';

/**
 * Writes a lock as `pylock.toml`. {@link parsePylock} reads the same lock from it; `origin` is left out.
 *
 * @throws LockError `LOCK_UNSUPPORTED` when a package is only known by an index and the hashes of unknown files, as those
 *   of a requirements file are
 */
export function formatPylock(lock: Pylock): string {
  const head = pairs({
    'lock-version': lock.lockVersion,
    environments: lock.environments,
    'requires-python': lock.requiresPython,
    extras: lock.extras.length > 0 ? lock.extras : undefined,
    'dependency-groups': lock.dependencyGroups.length > 0 ? lock.dependencyGroups : undefined,
    'default-groups': lock.defaultGroups.length > 0 ? lock.defaultGroups : undefined,
    'created-by': lock.createdBy,
    packages: lock.packages.length === 0 ? [] : undefined,
    tool: lock.tool,
  });
  return [head, ...lock.packages.map((locked, index) => formatPackage(locked, index))].join('\n');
}

function formatPackage(locked: LockedPackage, index: number): string {
  const { source } = locked;
  return `[[packages]]\n${pairs({
    name: locked.name,
    version: locked.version,
    marker: locked.marker,
    'requires-python': locked.requiresPython,
    dependencies: locked.dependencies,
    index: locked.index,
    ...sourceKeys(source, index),
    'attestation-identities': locked.attestationIdentities,
    tool: locked.tool,
  })}`;
}

function sourceKeys(source: PackageSource, index: number): Readonly<Record<string, unknown>> {
  switch (source.kind) {
    case 'files':
      return {
        sdist: source.sdist === undefined ? undefined : fileTable(source.sdist),
        wheels: source.wheels.length === 0 ? undefined : source.wheels.map(fileTable),
      };
    case 'archive': {
      const { subdirectory } = source;
      return { archive: { ...contentTable(source), subdirectory } };
    }
    case 'vcs': {
      const { type, url, path, requestedRevision, commitId, subdirectory } = source;
      return {
        vcs: { type, url, path, 'requested-revision': requestedRevision, 'commit-id': commitId, subdirectory },
      };
    }
    case 'directory': {
      const { path, editable, subdirectory } = source;
      return { directory: { path, editable: editable ? true : undefined, subdirectory } };
    }
    case 'index':
      throw new LockError('LOCK_UNSUPPORTED', 'the file that is installed is not known, only hashes that it may have', {
        path: ['packages', index],
      });
  }
}

function fileTable(file: LockedFile): Readonly<Record<string, unknown>> {
  return { name: file.name, ...contentTable(file) };
}

function contentTable({
  url,
  path,
  size,
  uploadTime,
  hashes,
}: Omit<LockedFile, 'name'>): Readonly<Record<string, unknown>> {
  return {
    'upload-time': uploadTime === undefined ? undefined : new TomlDate(uploadTime),
    url,
    path,
    size: size === undefined ? undefined : BigInt(size),
    hashes,
  };
}

function pairs(table: Readonly<Record<string, unknown>>): string {
  return Object.entries(table)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${formatKey(key)} = ${Array.isArray(value) ? formatArray(value) : formatValue(value)}\n`)
    .join('');
}

// One element a line where they are tables.
function formatArray(elements: readonly unknown[]): string {
  if (elements.length === 0 || typeof elements[0] === 'string') return formatValue(elements);
  return `[\n${elements.map((element) => `  ${formatValue(element)},\n`).join('')}]`;
}

function formatValue(value: unknown): string {
  if (typeof value === 'string') return formatString(value);
  if (typeof value === 'number') return formatFloat(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(formatValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value as TomlTable).filter(([, element]) => element !== undefined);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, element]) => `${formatKey(key)} = ${formatValue(element)}`).join(', ')} }`;
}

function formatKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : formatString(key);
}

// JSON's escapes are TOML's, except that TOML wants one for the character 127 too.
function formatString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

// Integers are `bigint`, so that a `number` is a float also where it is whole.
function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
