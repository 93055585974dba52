import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Context, type DirectUrl, VivariumError } from '@vivarium/core/host';
import { formatVersion, parseWheelFileName } from '@vivarium/packaging';
import { type ArchiveSource, type LockedFile, openVerifier, type SelectedPackage } from '@vivarium/pylock';
import { type BuildSource, buildWheel } from './build-wheel.ts';
import { withoutCredentials } from './credentials.ts';
import type { BuildWheel } from './decide.ts';

/**
 * Builds what a lock has no wheel of, with pip.
 *
 * @param directory what paths of the lock are relative to
 * @param isOffline nothing may be fetched: no source, and nothing that a build needs
 */
export function buildSelected({
  directory,
  isOffline,
}: {
  readonly directory: string;
  readonly isOffline: boolean;
}): BuildWheel {
  return async (selected, { environment: { interpreter }, context }) => {
    const { name } = selected.package;
    const source = await sourceOf(selected, directory, context);
    const built = await buildWheel({ name, source, isOffline, interpreter, context });
    const directUrl = directUrlOf(selected, directory);
    const version = formatVersion(parseWheelFileName(basename(built.path)).version);
    return { ...built, version, ...(directUrl === undefined ? {} : { directUrl }) };
  };
}

async function sourceOf(
  { artifact, package: { name } }: SelectedPackage,
  directory: string,
  context: Context,
): Promise<BuildSource> {
  switch (artifact.kind) {
    case 'sdist':
      return fileSource(artifact.file, { directory, context });
    case 'archive':
      return { ...(await fileSource({ ...artifact, name }, { directory, context })), ...inside(artifact) };
    case 'vcs': {
      const { type, commitId } = artifact;
      const url = artifact.url ?? pathToFileURL(resolve(directory, artifact.path ?? '')).href;
      return { kind: 'vcs', type, url, commitId, ...inside(artifact) };
    }
    case 'directory':
      if (artifact.editable) throw editable(name, resolve(directory, artifact.path));
      return { kind: 'directory', path: resolve(directory, artifact.path), ...inside(artifact) };
    default:
      throw new TypeError(`Of ${name} there is nothing to build`);
  }
}

// pip compares the hash that it is given before it unpacks anything. All others are compared here, where the file is.
async function fileSource(
  file: LockedFile,
  { directory, context }: { readonly directory: string; readonly context: Context },
): Promise<Extract<BuildSource, { kind: 'file' }>> {
  const algorithm = ['sha256', 'sha512', 'sha384'].find((one) => file.hashes[one] !== undefined) ?? 'sha256';
  const hash = { algorithm, digest: file.hashes[algorithm] ?? '' };
  if (file.path === undefined) return { kind: 'file', url: file.url ?? '', hash };
  const path = resolve(directory, file.path);
  const verifier = openVerifier(file);
  for await (const chunk of createReadStream(path, { signal: context.signal })) verifier.update(chunk as Buffer);
  verifier.finish();
  return { kind: 'file', url: pathToFileURL(path).href, hash };
}

function inside({ subdirectory }: { readonly subdirectory?: string }): { readonly subdirectory?: string } {
  return subdirectory === undefined ? {} : { subdirectory };
}

/** What `direct_url.json` says; of a source distribution of an index it says nothing. */
function directUrlOf({ artifact }: SelectedPackage, directory: string): DirectUrl | undefined {
  switch (artifact.kind) {
    case 'archive':
      return { url: urlOf(artifact, directory), archive_info: { hashes: artifact.hashes }, ...inside(artifact) };
    case 'vcs': {
      const { type: vcs, commitId: commit_id, requestedRevision } = artifact;
      const revision = requestedRevision === undefined ? {} : { requested_revision: requestedRevision };
      return { url: urlOf(artifact, directory), vcs_info: { vcs, ...revision, commit_id }, ...inside(artifact) };
    }
    case 'directory':
      return { url: urlOf(artifact, directory), dir_info: {}, ...inside(artifact) };
    default:
      return undefined;
  }
}

function urlOf({ url, path }: Pick<ArchiveSource, 'url' | 'path'>, directory: string): string {
  return path === undefined ? withoutCredentials(url ?? '') : pathToFileURL(resolve(directory, path)).href;
}

function editable(name: string, path: string): VivariumError {
  return new VivariumError('LOCK_NOT_USABLE', `${name} is an editable source tree, which a lock can't install`, {
    hint: `Leave it out of the lock (\`uv export --no-emit-project\`), and install it afterwards: pip install --no-deps -e ${path}`,
  });
}
