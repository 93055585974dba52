import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An archive, and the entry of a manifest for it. */
export interface StandInArchive {
  readonly file: string;
  readonly build: {
    readonly version: string;
    readonly build: string;
    readonly platform: string;
    readonly path: string;
    readonly sha256: string;
    readonly size: number;
  };
}

/**
 * Writes an archive of something that answers as a Python of this version does where it is installed: for tests of what is
 * done with managed Pythons, where nothing is created with them.
 */
export function writeStandInArchive(directory: string, version: string, date = '20261110'): StandInArchive {
  const platform = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`;
  const minor = version.split('.').slice(0, 2).join('.');
  const name = `cpython-${version}+${date}-${platform}-install_only_stripped.tar.gz`;
  const staging = join(directory, `${version}-${date}`);
  const [bin, stdlib] = [join(staging, 'python/bin'), join(staging, `python/lib/python${minor}`)];
  for (const each of [bin, stdlib]) mkdirSync(each, { recursive: true });
  const answer = `{"version":"${version}","hasCertificates":true,"hasTerminals":true,"prefix":"'"$prefix"'"}`;
  const script = `#!/bin/sh\nprefix=$(cd "$(dirname "$0")/.." && pwd -P)\necho '${answer}'\n`;
  writeFileSync(join(bin, `python${minor}`), script, { mode: 0o755 });
  writeFileSync(join(stdlib, 'os.py'), '');
  const file = join(directory, name);
  execFileSync('tar', ['-C', staging, '-czf', file, 'python']);
  rmSync(staging, { recursive: true });
  const bytes = readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `${date}/${name.replace('+', '%2B')}`;
  return { file, build: { version, build: date, platform, path, sha256, size: bytes.length } };
}
