// Renews wheels.lock.json: for each Python the newest wheel of each seed that pip gives for it, and of what those need.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PYTHONS = ['2.7', '3.6', '3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'];
const SEEDS = ['pip', 'setuptools', 'wheel'];
const lockFile = fileURLToPath(new URL('../wheels.lock.json', import.meta.url));

// Python reads the wheel's own metadata; requirements that only an extra has are none of ours.
const READ_METADATA = `
import email, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
name = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1][0]
metadata = email.message_from_string(archive.read(name).decode("utf-8"))
print(json.dumps({
    "name": metadata["Name"], "version": metadata["Version"], "python": metadata["Requires-Python"] or "",
    "requires": [r for r in metadata.get_all("Requires-Dist") or [] if "extra" not in r.partition(";")[2]],
}))`;

const directory = mkdtempSync(join(tmpdir(), 'update-lock-'));
try {
  /** @type {Map<string, { name: string, version: string } & Readonly<Record<string, unknown>>>} */
  const wheels = new Map();
  await Promise.all([lockAll(SEEDS.slice(0, 1)), lockAll(SEEDS.slice(1))]);
  const sorted = [...wheels.values()].sort((a, b) => compare(a.name, b.name) || compareVersions(a.version, b.version));
  writeFileSync(lockFile, `${JSON.stringify({ format: 1, wheels: sorted }, undefined, 2)}\n`);

  /** @param {readonly string[]} names */
  async function lockAll(names) {
    for (const python of PYTHONS) {
      for (const name of names) await lock(name, python);
    }
  }

  /**
   * @param {string} requirement
   * @param {string} python - a minor version, `3.12`
   */
  async function lock(requirement, python) {
    const target = mkdtempSync(join(directory, 'wheel-'));
    const choice = ['--no-deps', '--only-binary=:all:', '--python-version', python];
    await run('python3', ['-m', 'pip', 'download', '--quiet', ...choice, '--dest', target, requirement]);
    const [file] = readdirSync(target);
    if (file === undefined) throw new Error(`pip gave no file for ${requirement}`);
    if (wheels.has(file)) return;
    const bytes = readFileSync(join(target, file));
    const { stdout } = await run('python3', ['-c', READ_METADATA, join(target, file)]);
    const { name, version, python: range, requires } = JSON.parse(stdout);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    wheels.set(file, { name, version, file, sha256, size: bytes.length, python: range.replaceAll(' ', ''), requires });
    for (const needed of requires) await lock(needed.replace(/\s/g, ''), python);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareVersions(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}
