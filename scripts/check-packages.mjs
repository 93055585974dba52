// Looks at every package as it would be published: publint, are-the-types-wrong, and the rules that all of our
// package.json files share.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, tool } from './set-up.mjs';

const packages = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((folder) => existsSync(join(folder, 'package.json')));
const folder = mkdtempSync(join(tmpdir(), 'vivarium-packed-'));
let failures = 0;

for (const path of packages) {
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  if (manifest.private) continue;
  for (const complaint of complaintsAbout(manifest, path)) fail(`${manifest.name}: ${complaint}`);
  const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: path,
    encoding: 'utf8',
  });
  if (packed.status !== 0) {
    fail(`${manifest.name}: npm pack failed\n${packed.stderr}`);
    continue;
  }
  const tarball = join(folder, fileNameIn(packed.stdout));
  check(manifest.name, 'publint', [tarball, '--strict']);
  check(manifest.name, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--quiet']);
}
rmSync(folder, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);

// npm prints a list of packages, or from version 12 an object by name.
function fileNameIn(json) {
  const parsed = JSON.parse(json);
  return (Array.isArray(parsed) ? parsed[0] : Object.values(parsed)[0]).filename;
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
    'LICENSE is there': existsSync(join(path, 'LICENSE')),
    'it is published with provenance': manifest.publishConfig?.provenance === true,
  };
  return Object.entries(wanted).flatMap(([rule, holds]) => (holds ? [] : [`not so: ${rule}`]));
}

function check(name, command, args) {
  const { status, stdout, stderr } = spawnSync(tool(command), args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) fail(`${name}: ${command}\n${stdout}${stderr}`);
}

function fail(message) {
  failures += 1;
  process.stderr.write(`${message}\n`);
}
