// Writes into every published package who it is by and where it is kept, from the root's package.json:
//
//   node scripts/metadata.mjs          writes `author`, `repository`, `homepage` and `bugs` of all packages
//   node scripts/metadata.mjs --check  fails when one of them differs
//
// The root has `author` and, as soon as it is known, `repository`. Without an address the packages have none.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

/** @typedef {{ private?: boolean, [key: string]: unknown }} Manifest */

const KEYS = ['author', 'repository', 'homepage', 'bugs'];
const isCheck = process.argv.includes('--check');

const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stale = readdirSync(join(root, 'packages')).filter((name) => !isCurrent(name));
if (isCheck && stale.length > 0) {
  process.stderr.write(
    `package.json differs from the root's in ${stale.join(', ')}; run \`node scripts/metadata.mjs\`\n`,
  );
  process.exit(1);
}

/** @param {string} name */
function isCurrent(name) {
  const file = join(root, 'packages', name, 'package.json');
  const text = readFileSync(file, 'utf8');
  /** @type {Manifest} */
  const manifest = JSON.parse(text);
  if (manifest.private === true) return true;
  const wanted = `${JSON.stringify(withMetadata(manifest, name), undefined, 2)}\n`;
  if (wanted === text) return true;
  if (!isCheck) writeFileSync(file, wanted);
  return false;
}

/**
 * The same manifest with the root's facts behind its license, where npm's own documentation has them.
 *
 * @param {Manifest} manifest
 * @param {string} name
 * @returns {Manifest}
 */
function withMetadata(manifest, name) {
  const rest = Object.entries(manifest).filter(([key]) => !KEYS.includes(key));
  const behind = rest.findIndex(([key]) => key === 'license') + 1;
  return Object.fromEntries([...rest.slice(0, behind), ...Object.entries(metadataOf(name)), ...rest.slice(behind)]);
}

/**
 * @param {string} name - of the package's directory
 * @returns {Readonly<Record<string, unknown>>}
 */
function metadataOf(name) {
  const { author, repository } = source;
  if (repository === undefined) return { author };
  const address = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const directory = `packages/${name}`;
  return {
    author,
    repository: { ...repository, directory },
    homepage: `${address}/tree/main/${directory}#readme`,
    bugs: { url: `${address}/issues` },
  };
}
