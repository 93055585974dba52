// Looks at every package as it would be published: publint, are-the-types-wrong, and the rules that all of our
// package.json files share.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, tool } from './set-up.mjs';

const packages = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((directory) => existsSync(join(directory, 'package.json')));
const directory = mkdtempSync(join(tmpdir(), 'vivarium-packed-'));
/** The most bytes that these may have when they are packed. The wheels are a package of their own. */
const BUDGETS = { vivarium: 400_000 };
let failures = 0;

for (const path of packages) {
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  if (manifest.private) continue;
  for (const complaint of complaintsAbout(manifest, path)) fail(`${manifest.name}: ${complaint}`);
  const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], {
    cwd: path,
    encoding: 'utf8',
  });
  if (packed.status !== 0) {
    fail(`${manifest.name}: npm pack failed\n${packed.stderr}`);
    continue;
  }
  const { filename, size } = packedFile(packed.stdout);
  const tarball = join(directory, filename);
  const budget = BUDGETS[manifest.name];
  if (budget !== undefined) process.stdout.write(`${manifest.name} packed: ${size} of ${budget} bytes\n`);
  if (size > budget) fail(`${manifest.name}: ${size} bytes packed, and its budget is ${budget}`);
  check(manifest.name, 'publint', [tarball, '--strict']);
  check(manifest.name, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--quiet']);
}
rmSync(directory, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);

// npm prints a list of packages, or from version 12 an object by name.
function packedFile(json) {
  const parsed = JSON.parse(json);
  return Array.isArray(parsed) ? parsed[0] : Object.values(parsed)[0];
}

function complaintsAbout(manifest, path) {
  const wanted = {
    'type is module': manifest.type === 'module',
    'license is MIT': manifest.license === 'MIT',
    'engines ask for Node 20.19': manifest.engines?.node === '>=20.19',
    'sideEffects is false': manifest.sideEffects === false,
    'files is given': Array.isArray(manifest.files),
    'a description is given': typeof manifest.description === 'string' && manifest.description.length > 20,
    'the keyword vivarium is given': manifest.keywords?.includes('vivarium') === true,
    'package.json is exported': manifest.exports?.['./package.json'] === './package.json',
    'README.md is there': existsSync(join(path, 'README.md')),
    'README.md has the headings that all have': hasHeadings(path),
    'LICENSE is there': existsSync(join(path, 'LICENSE')),
    'it is published with provenance': manifest.publishConfig?.provenance === true,
  };
  return Object.entries(wanted).flatMap(([rule, holds]) => (holds ? [] : [`not so: ${rule}`]));
}

function hasHeadings(path) {
  const headings = readFileSync(join(path, 'README.md'), 'utf8').match(/^## .*$/gm) ?? [];
  return /^When to use it,Install,Usage,(Output|Behavior),Limits,License$/.test(
    headings.map((heading) => heading.slice(3)).join(),
  );
}

function check(name, command, args) {
  const { status, stdout, stderr } = spawnSync(tool(command), args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) fail(`${name}: ${command}\n${stdout}${stderr}`);
}

function fail(message) {
  failures += 1;
  process.stderr.write(`${message}\n`);
}
