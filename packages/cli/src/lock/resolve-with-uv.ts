import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { VivariumError } from '@vivarium/core/host';
import { capture } from '@vivarium/core/internal';
import { markerEnvironmentOf } from '@vivarium/packaging';
import { LockError, type PackageSource, type Pylock, parsePylock } from '@vivarium/pylock';
import { withoutCredentials } from './credentials.ts';
import { environmentMarker } from './environment-marker.ts';
import type { Resolution, ResolutionRequest } from './request.ts';
import { resolutionFailure } from './resolution-failure.ts';

/**
 * Resolves requirements with the `uv` of `PATH`, for the Python that they are for. Files of the project do not configure
 * it; indexes, certificates and credentials are those of its variables.
 *
 * @throws VivariumError `RESOLVER_NOT_FOUND`, `RESOLUTION_FAILED` with what uv says
 */
export async function resolveWithUv(request: ResolutionRequest): Promise<Resolution> {
  const { files, specs, allowBuild, context } = request;
  const resolver = await versionOf(request);
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-lock-'));
  try {
    const typed = join(directory, 'requirements.in');
    writeFileSync(typed, specs.map((spec) => `${absolute(spec, context.cwd)}\n`).join(''));
    const ended = await runUv(request, [
      ...['pip', 'compile', '--format', 'pylock.toml', '--no-header', '--no-config', '--no-python-downloads'],
      ...['--python', request.interpreter.systemExecutable, '--no-progress', '--color', 'never'],
      ...(allowBuild ? [] : ['--no-build']),
      ...files,
      ...(specs.length > 0 ? [typed] : []),
    ]);
    if (ended.failure !== undefined) {
      throw resolutionFailure('uv', ended, { hint: 'uv uses its own variables for index, proxy and certificates.' });
    }
    return { lock: clean(read(ended.stdout), request), resolver };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runUv({ context }: ResolutionRequest, args: readonly string[]): ReturnType<typeof capture> {
  const { env, cwd, signal } = context;
  return capture({ executable: 'uv', args, env, cwd, signal, outputLimit: 1 << 26 });
}

async function versionOf(request: ResolutionRequest): Promise<string> {
  const { failure, stdout } = await runUv(request, ['--version']);
  const version = /^uv (\S+)/.exec(stdout)?.[1];
  if (failure === undefined && version !== undefined) return `uv ${version}`;
  throw new VivariumError('RESOLVER_NOT_FOUND', `uv was asked for, and it ${failure ?? 'is another program'}`, {
    source: '--resolver',
    hint: 'Install uv so that it is found on PATH, or let pip resolve (--resolver pip).',
  });
}

// In a file relative paths are relative to that file.
function absolute(spec: string, cwd: string): string {
  return /^\.{1,2}[/\\]/.test(spec) ? resolve(cwd, spec) : spec;
}

function read(text: string): Pylock {
  try {
    return parsePylock(text).lock;
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    throw new VivariumError('RESOLUTION_FAILED', `uv wrote a lock that can't be used: ${error.message}`, {
      cause: error,
    });
  }
}

/** The lock without credentials, and with the environment that it was resolved for, which uv does not write down. */
function clean({ origin: _, ...lock }: Pylock, { interpreter }: ResolutionRequest): Pylock {
  return {
    ...lock,
    environments: [environmentMarker(markerEnvironmentOf(interpreter))],
    packages: lock.packages.map(({ index, ...locked }) => ({
      ...locked,
      ...(index === undefined ? {} : { index: withoutCredentials(index) }),
      source: cleanSource(locked.source),
    })),
  };
}

function cleanSource(source: PackageSource): PackageSource {
  switch (source.kind) {
    case 'files': {
      const { wheels, sdist } = source;
      return {
        ...source,
        wheels: wheels.map(cleanPlace),
        ...(sdist === undefined ? {} : { sdist: cleanPlace(sdist) }),
      };
    }
    case 'archive':
    case 'vcs':
      return cleanPlace(source);
    default:
      return source;
  }
}

function cleanPlace<Place extends { readonly url?: string }>(place: Place): Place {
  return place.url === undefined ? place : { ...place, url: withoutCredentials(place.url) };
}
