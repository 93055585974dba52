import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Context, openCache } from '@vivarium/core/host';
import type { ManagedSettings, Manifest, ManifestBuild } from '@vivarium/discoverer-standalone/managed';
import { packTar, type TarEntry } from 'modern-tar';
import { ownPlatform } from '../src/manifest/platforms.ts';

/** The platform of this machine, which all tests are for. */
export const PLATFORM = ownPlatform() ?? 'x86_64-unknown-linux-gnu';

/** A run in a directory of the test's own, and what it said. */
export interface TestContext extends Context {
  readonly warnings: string[];
  readonly progress: string[];
}

/** A context whose cache, home and working directory are below a directory. */
export function contextIn(directory: string, env: Readonly<Record<string, string>> = {}): TestContext {
  const warnings: string[] = [];
  const progress: string[] = [];
  return {
    env: { PATH: process.env.PATH, HOME: directory, ...env },
    cwd: directory,
    cache: openCache({ directory: join(directory, 'cache') }),
    signal: new AbortController().signal,
    warn: (message) => void warnings.push(message),
    debug: () => {},
    emit: (event) => {
      if (event.type === 'python' && progress.at(-1) !== event.phase) progress.push(event.phase);
    },
    warnings,
    progress,
  };
}

/** Settings with the store in a directory. */
export function settingsIn(directory: string, changes: Partial<ManagedSettings> = {}): ManagedSettings {
  return {
    downloadPython: 'missing',
    pythonMirror: undefined,
    pythonManifest: undefined,
    pythonStore: join(directory, 'pythons'),
    ...changes,
  };
}

/** An archive that an entry of a manifest describes. */
export interface TestBuild {
  readonly build: ManifestBuild;
  readonly bytes: Uint8Array;
}

/** An archive with these bytes, as a manifest lists it. */
export function listed(bytes: Uint8Array, { version = '3.12.16', date = '20261110' } = {}): TestBuild {
  const path = `${date}/cpython-${version}%2B${date}-${PLATFORM}-install_only_stripped.tar.gz`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, build: { version, build: date, platform: PLATFORM, path, sha256, size: bytes.length } };
}

/** A manifest of some builds, in a file. */
export function writeManifest(
  directory: string,
  builds: readonly TestBuild[],
  mirrors: readonly string[] = [],
): string {
  const manifest: Manifest = {
    format: 1,
    date: '20261110',
    license: 'PSF-2.0',
    mirrors,
    builds: builds.map(({ build }) => build),
  };
  const file = join(directory, 'manifest.json');
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}

/** Archives by their paths, for a server. */
export function filesOf(builds: readonly TestBuild[]): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(builds.map(({ build, bytes }) => [decodeURIComponent(build.path), bytes]));
}

/** An archive with these entries. */
export async function archiveOf(entries: readonly TarEntry[]): Promise<Uint8Array> {
  return gzipSync(await packTar(entries));
}

/**
 * The archive of something that answers as a Python of a version does when it is started once: for tests of everything
 * before that. It holds some bytes that can't be compressed, so that it is cut off in the middle of something.
 */
export async function standIn(version = '3.12.16', more: readonly TarEntry[] = []): Promise<Uint8Array> {
  const script = `#!/bin/sh\nprefix=$(cd "$(dirname "$0")/.." && pwd -P)\necho '{"version":"${version}","hasCertificates":true,"hasTerminals":true,"prefix":"'"$prefix"'"}'\n`;
  const minor = version.split('.').slice(0, 2).join('.');
  return archiveOf([
    directoryEntry('python/'),
    fileEntry(`python/bin/python${minor}`, script, 0o755),
    linkEntry('python/bin/python3', `python${minor}`),
    fileEntry(`python/lib/python${minor}/os.py`, ''),
    fileEntry(`python/lib/python${minor}/LICENSE.txt`, 'PSF'),
    fileEntry('python/lib/random', Buffer.from(noise(60_000))),
    ...more,
  ]);
}

/** An entry that is a file. */
export function fileEntry(name: string, body: string | Uint8Array, mode = 0o644): TarEntry {
  return { header: { name, mode, size: Buffer.byteLength(body), type: 'file' }, body };
}

/** An entry that is a directory. */
export function directoryEntry(name: string): TarEntry {
  return { header: { name, size: 0, type: 'directory', mode: 0o755 } };
}

/** An entry that is a symbolic link. */
export function linkEntry(name: string, linkname: string): TarEntry {
  return { header: { name, linkname, size: 0, type: 'symlink' } };
}

/** The same bytes each time, that can't be compressed. */
function noise(length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
