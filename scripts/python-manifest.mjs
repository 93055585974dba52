// Writes the list of Pythons that can be fetched: the newest patch release of each minor version and platform, from facts
// that others publish about the releases of python-build-standalone.
//
//   node scripts/python-manifest.mjs                        asks pip for `pbs-installer`, and cargo for `uv-python`
//   node scripts/python-manifest.mjs --wheel FILE           takes this wheel of `pbs-installer`
//   node scripts/python-manifest.mjs --metadata FILE        takes this `download-metadata.json` of `uv-python`
//   node scripts/python-manifest.mjs --checksums FILE       adds the SHA256SUMS of a release; can be given more than once
//   node scripts/python-manifest.mjs --release FILE         adds the sizes and hashes of what GitHub's API answers for a
//                                                           release (/releases/tags/20261110); can be given more than once
//
// Only facts are taken over: versions, dates, addresses, hashes, sizes. An archive without a hash is left out, and sources
// that name different hashes for one archive are an error. `pbs-installer` has no builds for musl, and neither it nor
// `uv-python` has sizes: an archive has one where `--release` told it. The size is only looked at before the hash is.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
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

/** @typedef {{ version: string, build: string, platform: string, freeThreaded?: true, path: string, sha256: string, size?: number }} Build */

const { values } = parseArgs({
  options: {
    wheel: { type: 'string' },
    metadata: { type: 'string' },
    checksums: { type: 'string', multiple: true, default: [] },
    release: { type: 'string', multiple: true, default: [] },
  },
});
const known = withOneHash([
  ...fromWheel(values.wheel ?? fetchedWheel()),
  ...fromMetadata(values.metadata ?? fetchedMetadata()),
  ...values.checksums.flatMap(fromChecksums),
  ...values.release.flatMap(fromRelease),
]);
const builds = newestOfEach(known);
if (builds.length === 0) throw new Error('There is no build in these sources: has their form changed?');
const date = builds
  .map(({ build }) => build)
  .sort()
  .at(-1);
// The paths follow from the rest, and the list is in a package twice.
const list = builds
  .map(({ path: _, ...build }) => JSON.stringify(build, undefined, 2).replaceAll(/^/gm, '    '))
  .join(',\n');
writeFileSync(
  TARGET,
  `{
  "format": 1,
  "date": ${JSON.stringify(date)},
  "license": "PSF-2.0",
  "mirrors": [${MIRRORS.map((mirror) => JSON.stringify(mirror)).join(', ')}],
  "builds": [
${list}
  ]
}
`,
);
const sized = builds.filter(({ size }) => size !== undefined).length;
process.stdout.write(`${builds.length} builds, the newest of ${date}, ${sized} with their sizes\n`);

/** The wheel, by pip; its configuration says from where. */
function fetchedWheel() {
  const directory = temporaryDirectory();
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', directory, 'pbs-installer'];
  execFileSync('python3', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [wheel = ''] = readdirSync(directory);
  return join(directory, wheel);
}

/**
 * The data of the newest `uv-python`, by cargo in a directory of its own: of the package, nothing but that file is kept.
 */
function fetchedMetadata() {
  const home = temporaryDirectory();
  const configuration = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'config.toml');
  if (existsSync(configuration)) cpSync(configuration, join(home, 'config.toml'));
  const info = (/** @type {string} */ name) =>
    execFileSync('cargo', ['info', '--quiet', name], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, CARGO_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  // Without a version cargo answers with the newest that its own compiler can build.
  const found = /^version: (?<own>\S+)(?: \(latest (?<latest>[^)]+)\))?/m.exec(info('uv-python'))?.groups;
  const version = found?.latest ?? found?.own;
  info(`uv-python@${version}`);
  const cache = join(home, 'registry/cache');
  const [registry = ''] = readdirSync(cache);
  const member = `uv-python-${version}/download-metadata.json`;
  execFileSync('tar', ['-xzf', join(cache, registry, `uv-python-${version}.crate`), '-C', home, member]);
  return join(home, member);
}

/**
 * @param {string} wheel
 * @returns {readonly Build[]}
 */
function fromWheel(wheel) {
  const directory = temporaryDirectory();
  execFileSync('python3', ['-m', 'zipfile', '-e', wheel, directory]);
  /** @type {{ files: { filename: string, sha256: string | null }[] }[]} */
  const versions = JSON.parse(readFileSync(join(directory, 'pbs_installer/versions.json'), 'utf8'));
  return versions.flatMap(({ files }) => files.flatMap(({ filename, sha256 }) => buildOf(filename, sha256)));
}

/**
 * @param {string} file - the builds by their keys
 * @returns {readonly Build[]}
 */
function fromMetadata(file) {
  /** @type {{ url: string, sha256: string | null }[]} */
  const all = Object.values(JSON.parse(readFileSync(file, 'utf8')));
  return all.flatMap(({ url, sha256 }) => buildOf(decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)), sha256));
}

/**
 * @param {string} file - an answer of GitHub's API; each of its assets has its hash as `digest`
 * @returns {readonly Build[]}
 */
function fromRelease(file) {
  /** @type {{ assets: { name: string, size: number, digest?: string | null }[] }} */
  const { assets } = JSON.parse(readFileSync(file, 'utf8'));
  return assets.flatMap(({ name, size, digest }) =>
    buildOf(name, (digest ?? '').replace(/^sha256:/, '')).map((build) => ({ ...build, size })),
  );
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
 * What the sources say of each archive, as one.
 *
 * @param {readonly Build[]} all
 * @returns {readonly Build[]}
 */
function withOneHash(all) {
  /** @type {Map<string, Build>} */
  const byPath = new Map();
  for (const build of all) {
    const other = byPath.get(build.path) ?? build;
    if (other.sha256 !== build.sha256) throw new Error(`The sources name different hashes for ${build.path}`);
    byPath.set(build.path, { ...other, ...build });
  }
  return [...byPath.values()];
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
