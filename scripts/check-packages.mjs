// Looks at every package as it would be published: publint, are-the-types-wrong, and the rules that all of our
// package.json files share.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root, tool } from './set-up.mjs';

/**
 * The most bytes that these may have when they are packed. The wheels are a package of their own.
 * @type {Readonly<Record<string, number>>}
 */
const BUDGETS = { vivarium: 400_000 };
/** Ways to import that our packages do not offer: by `require`, and by Node 10. */
const NOT_OFFERED = ['node10', 'node16-cjs'];

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
    ...(await lint(tarball)),
    ...(await typeProblems(tarball)),
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
  const budget = BUDGETS[name];
  if (budget === undefined) return [];
  process.stdout.write(`${name} packed: ${size} of ${budget} bytes\n`);
  return size > budget ? [`${size} bytes packed, and its budget is ${budget}`] : [];
}

/** @param {Buffer} tarball */
async function lint(tarball) {
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytesOf(tarball) } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** @param {Buffer} tarball */
async function typeProblems(tarball) {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (result.types === false) return [];
  return result.problems
    .filter((problem) => !('resolutionKind' in problem) || !NOT_OFFERED.includes(problem.resolutionKind))
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

/** @param {Buffer} buffer */
function bytesOf(buffer) {
  return /** @type {ArrayBuffer} */ (buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
}
