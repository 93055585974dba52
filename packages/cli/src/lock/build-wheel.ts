import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Context, type Interpreter, VivariumError } from '@vivarium/core/host';
import { ParseError, parseWheelFileName } from '@vivarium/packaging';
import type { VcsSource } from '@vivarium/pylock';
import { openPip } from './pip.ts';
import { programOutput } from './program-output.ts';

/** What a wheel is built from. */
export type BuildSource =
  | {
      readonly kind: 'file';
      /** Of a source distribution or an archive; also a `file:` URL. */
      readonly url: string;
      /** With which pip makes sure that it is the right one. The digest is in hexadecimal. */
      readonly hash: { readonly algorithm: string; readonly digest: string };
      readonly subdirectory?: string;
    }
  | (Pick<VcsSource, 'kind' | 'type' | 'commitId' | 'subdirectory'> & { readonly url: string })
  | {
      readonly kind: 'directory';
      /** Absolute. */
      readonly path: string;
      readonly subdirectory?: string;
    };

/** A build, and the Python that it is for and that runs it. */
export interface BuildRequest {
  /** Normalized. */
  readonly name: string;
  readonly source: BuildSource;
  /** Nothing may be fetched. @default false */
  readonly isOffline?: boolean;
  readonly interpreter: Interpreter;
  readonly context: Context;
}

/** A wheel that was built. */
export interface BuiltWheel {
  /** Absolute, in the cache. */
  readonly path: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The directory of the cache with the wheels that were built, each in an entry of its own. */
const BUILT_WHEELS = 'built/1';

/**
 * Builds a wheel with pip, in isolation: what the build needs is installed for it alone. The code of the package runs, so
 * it is for the caller to know that this is allowed. A file or a commit is built once for each interpreter; a source tree
 * can have changed, and is built each time.
 *
 * @throws VivariumError `BUILD_FAILED` with what pip says
 */
export async function buildWheel(request: BuildRequest): Promise<BuiltWheel> {
  const { source, context } = request;
  if (source.kind === 'directory') {
    return inTemporaryDirectory(async (directory) => {
      const wheel = await build(request, directory);
      const name = `${BUILT_WHEELS}/${wheel.sha256.slice(0, KEY_LENGTH)}`;
      const kept = await context.cache.getDirectory(name, (target) => {
        copyFileSync(join(directory, wheel.file), join(target, wheel.file));
      });
      return { path: join(kept.path, wheel.file), sha256: wheel.sha256 };
    });
  }
  const entry = await context.cache.getDirectory(`${BUILT_WHEELS}/${keyOf(request)}`, async (directory) => {
    await build(request, directory);
  });
  const { file, sha256 } = openBuilt(request, entry.path);
  return { path: join(entry.path, file), sha256 };
}

const KEY_LENGTH = 32;

// The place of a file says nothing about its content.
function keyOf({ name, source, interpreter }: BuildRequest): string {
  const { implementation, version, implementationVersion, abiFlags, platform, machine, bits, libc } = interpreter;
  const python = [implementation, version, implementationVersion, abiFlags, platform, machine, bits, libc];
  const content = source.kind === 'file' ? [source.hash, source.subdirectory] : source;
  const key = JSON.stringify([name, content, python, interpreter.realExecutable]);
  return createHash('sha256').update(key).digest('hex').slice(0, KEY_LENGTH);
}

async function inTemporaryDirectory<T>(act: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-build-'));
  try {
    return await act(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function build(request: BuildRequest, directory: string): Promise<Built> {
  const { name, source, isOffline = false, interpreter, context } = request;
  if (isOffline && source.kind !== 'directory' && !source.url.startsWith('file:')) throw notAvailable(name);
  const pip = await openPip(interpreter, context);
  const index = isOffline ? ['--no-index'] : [];
  const ended = await pip.run('wheel', ['--no-deps', ...index, '--wheel-dir', directory, requirementOf(name, source)]);
  if (ended.failure === undefined) return openBuilt(request, directory);
  throw new VivariumError(
    'BUILD_FAILED',
    `${name} can't be built, pip ${ended.failure}:\n${programOutput(ended.stderr)}`,
    {
      cause: ended.cause,
      hint: 'A build may need a compiler and headers; its own documentation says which.',
    },
  );
}

function notAvailable(name: string): VivariumError {
  return new VivariumError(
    'PACKAGE_NOT_AVAILABLE',
    `Nothing may be fetched (--offline), and ${name} was not built yet`,
    {
      hint: 'Run once without --offline.',
    },
  );
}

function requirementOf(name: string, source: BuildSource): string {
  const { subdirectory } = source;
  const inside = subdirectory === undefined ? [] : [`subdirectory=${encodeURI(subdirectory)}`];
  if (source.kind === 'vcs') return `${name} @ ${source.type}+${source.url}@${source.commitId}${fragment(inside)}`;
  if (source.kind === 'directory') return `${name} @ ${pathToFileURL(source.path).href}${fragment(inside)}`;
  const { algorithm, digest } = source.hash;
  return `${name} @ ${source.url.replace(/#.*$/s, '')}${fragment([`${algorithm}=${digest}`, ...inside])}`;
}

function fragment(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

interface Built {
  readonly file: string;
  readonly sha256: string;
}

function openBuilt({ name }: BuildRequest, directory: string): Built {
  const [file, another] = readdirSync(directory);
  if (file === undefined || another !== undefined || nameOf(file) !== name) {
    throw new VivariumError('BUILD_FAILED', `The build of ${name} gave ${file ?? 'no wheel'}`, {
      hint: 'The name that a lock has for a package is that of the wheel which is built.',
    });
  }
  return {
    file,
    sha256: createHash('sha256')
      .update(readFileSync(join(directory, file)))
      .digest('hex'),
  };
}

function nameOf(file: string): string | undefined {
  try {
    return parseWheelFileName(file).name;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
