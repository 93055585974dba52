import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';

/** The packages of two locks: one stays, one has another version, one goes, one comes. */
const LOCKS = {
  before: { stays: '1.0', changes: '1.0', goes: '1.0' },
  after: { stays: '1.0', changes: '2.0', comes: '1.0' },
};

/** Writes `pylock.before.toml` and `pylock.after.toml` into a directory, with their wheels. */
export function writeLocks(directory: string): void {
  mkdirSync(join(directory, 'wheels'), { recursive: true });
  for (const [name, packages] of Object.entries(LOCKS)) {
    const entries = Object.entries(packages).map(([one, version]) => writeEntry(directory, one, version));
    writeFileSync(
      join(directory, `pylock.${name}.toml`),
      `lock-version = "1.0"\ncreated-by = "test"\n${entries.join('')}`,
    );
  }
}

function writeEntry(directory: string, name: string, version: string): string {
  const { file, bytes, sha256 } = makeWheel({
    name,
    version,
    entryPoints: `[console_scripts]\nrun-${name} = ${name}:main\n`,
    files: ['__init__', 'a', 'b/c', 'b/d'].map((module) => ({
      name: `${name}/${module}.py`,
      contents: `VERSION = "${version}"\n`,
    })),
  });
  writeFileSync(join(directory, 'wheels', file), bytes);
  const wheel = `{ name = "${file}", path = "wheels/${file}", hashes = { sha256 = "${sha256}" } }`;
  return `[[packages]]\nname = "${name}"\nversion = "${version}"\nwheels = [${wheel}]\n`;
}
