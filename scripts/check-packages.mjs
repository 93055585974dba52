// Looks at every package as it would be published: publint, are-the-types-wrong, and the rules that all of our
// package.json files share.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root, tool } from './set-up.mjs';

/**
 * The most bytes that a package may have when it is packed, if it is not a small one. The first two have all code and
 * all declarations twice, as modules and as CommonJS.
 * @type {Readonly<Record<string, number>>}
 */
const BUDGETS = {
  // Managed Pythons are some 45 KB of it, with their list of hashes in both forms.
  vivarium: 700_000,
  // All of its code and declarations is in it as an ES module and as CommonJS.
  '@vivarium/core': 250_000,
  '@vivarium/discovery': 45_000,
  '@vivarium/environments': 45_000,
  '@vivarium/seed-wheels': 20_000_000,
};
const SMALL = 40_000;
/** What is in a package besides what its `files` name, as npm documents it. */
const ALWAYS_PACKED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
/** An import of a package, by its name; one of types alone is not part of a bundle. */
const IMPORT =
  /^(?!(?:im|ex)port type).*?(?:\bfrom |\bimport\(|^import )'((?:@[^/'\n]+\/)?[a-z][^/'\n:]*)(?:\/[^'\n]*)?'/gm;
/** What our packages do not offer: to be imported by Node 10, and most of them by `require`. */
const NOT_OFFERED = 'node10';
const NOT_OFFERED_WITHOUT_REQUIRE = 'node16-cjs';

/** @typedef {{ name: string, private?: boolean, [key: string]: any }} Manifest */

const failures = (await Promise.all(packAll().map(complaintsAbout))).flat();
for (const failure of failures) process.stderr.write(`${failure}\n`);
process.exit(failures.length === 0 ? 0 : 1);

/** Packs every package by one command, and gives the tarballs of those that are published. */
function packAll() {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-packed-'));
  try {
    const args = ['--recursive', '--filter', './packages/*', '--config.ignore-scripts=true', 'pack', '--json'];
    const packed = spawnSync(tool('pnpm'), [...args, '--pack-destination', directory], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (packed.status !== 0) throw new Error(`pnpm pack failed\n${packed.stdout}${packed.stderr}`);
    /** @type {readonly { name: string, filename: string }[]} */
    const tarballs = JSON.parse(packed.stdout);
    return manifests().map(({ manifest, path }) => {
      const { filename } = tarballs.find(({ name }) => name === manifest.name) ?? {};
      if (filename === undefined) throw new Error(`pnpm has not packed ${manifest.name}`);
      return { manifest, path, tarball: readFileSync(filename) };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The package.json of every package that is published. */
function manifests() {
  const { status, stdout, stderr } = spawnSync(tool('pnpm'), ['list', '--recursive', '--depth=-1', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`pnpm list failed\n${stderr}`);
  /** @type {readonly { path: string }[]} */
  const projects = JSON.parse(stdout);
  return projects
    .map(({ path }) => {
      /** @type {Manifest} */
      const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
      return { manifest, path };
    })
    .filter(({ manifest }) => manifest.private !== true);
}

/**
 * @param {{ manifest: Manifest, path: string, tarball: Buffer }} published
 * @returns {Promise<readonly string[]>}
 */
async function complaintsAbout({ manifest, path, tarball }) {
  const complaints = [
    ...brokenRules(manifest, path),
    ...overBudget(manifest.name, tarball.length),
    ...unnecessaryFiles(manifest, tarball),
    ...missingLicenses(manifest, path, tarball),
    ...(await lint(tarball)),
    ...(await typeProblems(manifest, tarball)),
  ];
  return complaints.map((complaint) => `${manifest.name}: ${complaint}`);
}

/**
 * @param {Manifest} manifest
 * @param {string} path
 */
function brokenRules(manifest, path) {
  const rules = {
    'type is module': manifest.type === 'module',
    'license is MIT': manifest.license === 'MIT',
    'engines ask for Node 20.19': manifest.engines?.node === '>=20.19',
    'sideEffects is false': manifest.sideEffects === false,
    'files is given': Array.isArray(manifest.files),
    'a description is given': typeof manifest.description === 'string' && manifest.description.length > 20,
    'the keyword vivarium is given': manifest.keywords?.includes('vivarium') === true,
    'package.json is exported': manifest.exports?.['./package.json'] === './package.json',
    'README.md exists': existsSync(join(path, 'README.md')),
    'README.md has the headings that all have': hasHeadings(path),
    'LICENSE exists': existsSync(join(path, 'LICENSE')),
    'it is published with provenance': manifest.publishConfig?.provenance === true,
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [`not so: ${rule}`]));
}

/** @param {string} path */
function hasHeadings(path) {
  const headings = readFileSync(join(path, 'README.md'), 'utf8').match(/^## .*$/gm) ?? [];
  return /^When to use it,Install,Usage,(Output|Behavior),Limits,License$/.test(
    headings.map((heading) => heading.slice(3)).join(),
  );
}

/**
 * @param {string} name
 * @param {number} size
 */
function overBudget(name, size) {
  const budget = BUDGETS[name] ?? SMALL;
  return size > budget ? [`${size} bytes packed, and its budget is ${budget}`] : [];
}

/**
 * Files that no user of the package needs: they are nowhere in `files`, or are for those who work on it.
 *
 * @param {Manifest} manifest
 * @param {Buffer} tarball
 */
function unnecessaryFiles(manifest, tarball) {
  /** @type {readonly string[]} */
  const files = manifest.files;
  return filesOf(manifest, tarball)
    .filter(
      (file) =>
        /\.(?:map|tsbuildinfo)$|^dist\/metafile/.test(file) ||
        !(ALWAYS_PACKED.includes(file) || files.some((entry) => isIn(file, entry))),
    )
    .map((file) => `${file} is packed, and no one needs it`);
}

/**
 * @param {string} file
 * @param {string} entry - of `files`: a file, a directory, or a pattern
 */
function isIn(file, entry) {
  return new RegExp(`^${entry.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(?:/|$)`).test(file);
}

/**
 * Packages whose code is part of this one by an import in its sources, and that its list of licenses lacks.
 *
 * @param {Manifest} manifest
 * @param {string} path
 * @param {Buffer} tarball
 */
function missingLicenses(manifest, path, tarball) {
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const bundled = importedBy(join(path, 'src')).filter((name) => !installed.includes(name));
  const list = 'dist/THIRD-PARTY-LICENSES.txt';
  const text = filesOf(manifest, tarball).includes(list) ? readFileSync(join(path, list), 'utf8') : '';
  return bundled
    .filter((name) => !new RegExp(`^${name} \\S+\nLicense: `, 'm').test(text))
    .map((name) => `${list} does not name ${name}, which is bundled`);
}

/**
 * The third-party packages that the sources in a directory import, types excepted.
 *
 * @param {string} directory
 * @returns {readonly string[]}
 */
function importedBy(directory) {
  if (!existsSync(directory)) return [];
  const found = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(directory, file), 'utf8').matchAll(IMPORT)])
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('@vivarium/') && !isBuiltin(name));
  return [...new Set(found)];
}

/**
 * @param {Manifest} manifest
 * @param {Buffer} tarball
 */
function filesOf(manifest, tarball) {
  const prefix = `/node_modules/${manifest.name}/`;
  return createPackageFromTarballData(new Uint8Array(tarball))
    .listFiles()
    .map((file) => file.slice(prefix.length));
}

/** @param {Buffer} tarball */
async function lint(tarball) {
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytesOf(tarball) } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/**
 * @param {Manifest} manifest
 * @param {Buffer} tarball
 */
async function typeProblems(manifest, tarball) {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (result.types === false) return [];
  const notOffered = [NOT_OFFERED, ...(hasRequire(manifest) ? [] : [NOT_OFFERED_WITHOUT_REQUIRE])];
  return result.problems
    .filter((problem) => !('resolutionKind' in problem) || !notOffered.includes(problem.resolutionKind))
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

/** @param {Manifest} manifest */
function hasRequire({ exports }) {
  return Object.values(exports ?? {}).some((entry) => typeof entry === 'object' && 'require' in entry);
}

/** @param {Buffer} buffer */
function bytesOf(buffer) {
  return /** @type {ArrayBuffer} */ (buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
}
