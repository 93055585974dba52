// Writes the list of Pythons that can be fetched: the newest patch release of each minor version, from the facts of the
// Python package `pbs-installer` and, for platforms that it leaves out, of the checksum files of the releases.
//
//   node scripts/python-manifest.mjs                            asks pip for the newest pbs-installer
//   node scripts/python-manifest.mjs --wheel FILE               takes this wheel of it
//   node scripts/python-manifest.mjs --checksums SHA256SUMS     adds what a release lists; can be given more than once
//
// Only facts are taken over: versions, dates, addresses, hashes. An archive without a hash is left out. Neither source
// has sizes: where the hash is known, the size adds nothing that could be relied on, so `size` stays out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './set-up.mjs';

const TARGET = join(root, 'packages/discoverer-standalone/src/manifest/manifest.json');
const MIRRORS = ['https://github.com/astral-sh/python-build-standalone/releases/download/'];
const PLATFORMS = [
  'x86_64-unknown-linux-gnu',
  'aarch64-unknown-linux-gnu',
  'x86_64-unknown-linux-musl',
  'aarch64-unknown-linux-musl',
  'x86_64-apple-darwin',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'aarch64-pc-windows-msvc',
  'i686-pc-windows-msvc',
];
const NAME =
  /^cpython-(?<version>\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?)\+(?<build>20\d{6})-(?<platform>[a-z0-9_]+(?:-[a-z0-9_]+)+?)(?<freeThreaded>-freethreaded)?-install_only_stripped\.tar\.gz$/;

/** @typedef {{ version: string, build: string, platform: string, freeThreaded?: true, path: string, sha256: string }} Build */

const { values } = parseArgs({
  options: { wheel: { type: 'string' }, checksums: { type: 'string', multiple: true, default: [] } },
});
const known = [...fromPackage(values.wheel ?? fetched()), ...values.checksums.flatMap(fromChecksums)];
const builds = newestOfEach(known);
if (builds.length === 0) throw new Error('There is no build in these sources: has their form changed?');
const date = builds
  .map(({ build }) => build)
  .sort()
  .at(-1);
const lines = builds.map((build) => `    ${JSON.stringify(build)}`).join(',\n');
const head = JSON.stringify({ format: 1, date, license: 'PSF-2.0', mirrors: MIRRORS }, undefined, 2).replace(
  /\n\}$/,
  '',
);
writeFileSync(TARGET, `${head},\n  "builds": [\n${lines}\n  ]\n}\n`);
process.stdout.write(`${builds.length} builds, the newest of ${date}\n`);

/** The wheel, by pip; its configuration says from where. */
function fetched() {
  const directory = temporaryDirectory();
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', directory, 'pbs-installer'];
  execFileSync('python3', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [wheel = ''] = readdirSync(directory);
  return join(directory, wheel);
}

/**
 * @param {string} wheel
 * @returns {readonly Build[]}
 */
function fromPackage(wheel) {
  const directory = temporaryDirectory();
  execFileSync('python3', ['-m', 'zipfile', '-e', wheel, directory]);
  /** @type {{ files: { filename: string, sha256: string | null }[] }[]} */
  const versions = JSON.parse(readFileSync(join(directory, 'pbs_installer/versions.json'), 'utf8'));
  return versions.flatMap(({ files }) => files.flatMap(({ filename, sha256 }) => buildOf(filename, sha256)));
}

/**
 * @param {string} file - lines of `sha256sum`
 * @returns {readonly Build[]}
 */
function fromChecksums(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [sha256 = '', name = ''] = line.trim().split(/\s+\*?/);
      return buildOf(name, sha256);
    });
}

/**
 * @param {string} name
 * @param {string | null} sha256
 * @returns {readonly Build[]}
 */
function buildOf(name, sha256) {
  const groups = NAME.exec(name)?.groups;
  if (groups === undefined || !/^[0-9a-f]{64}$/i.test(sha256 ?? '')) return [];
  const { version = '', build = '', platform = '', freeThreaded } = groups;
  if (!PLATFORMS.includes(platform)) return [];
  const path = `${build}/${name.replaceAll('+', '%2B')}`;
  const flag = freeThreaded === undefined ? {} : { freeThreaded: /** @type {const} */ (true) };
  return [{ version, build, platform, ...flag, path, sha256: `${sha256}`.toLowerCase() }];
}

/**
 * @param {readonly Build[]} all
 * @returns {readonly Build[]}
 */
function newestOfEach(all) {
  const collator = new Intl.Collator('en', { numeric: true });
  // A release comes after its pre-releases.
  const rank = (/** @type {Build} */ { version, build }) =>
    `${/[a-z]/.test(version) ? version : `${version}~`} ${build}`;
  const newest = new Map();
  for (const build of all) {
    const [major, minor] = build.version.split('.');
    const key = `${major}.${minor}${build.freeThreaded ? 't' : ''} ${build.platform}`;
    const other = newest.get(key);
    if (other === undefined || collator.compare(rank(other), rank(build)) < 0) newest.set(key, build);
  }
  const name = (/** @type {Build} */ { version, platform, freeThreaded }) =>
    `${version} ${platform} ${freeThreaded ?? ''}`;
  return [...newest.values()].sort((one, other) => collator.compare(name(other), name(one)));
}

function temporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-manifest-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
