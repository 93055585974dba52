import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from 'tsup';

/** The file of a built package that names the licenses of other people's code in it. */
const LICENSES_FILE = 'THIRD-PARTY-LICENSES.txt';

/** Licenses, by their SPDX identifier, of code that may be part of a published package. */
const ALLOWED: ReadonlySet<string> = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** A package of which code is in a bundle. */
interface Bundled {
  /** Name and version, as in `leven 4.1.0`. */
  readonly title: string;
  readonly license: string;
  readonly text: string;
}

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const SEPARATOR = `\n${'-'.repeat(80)}\n\n`;

/**
 * Writes the licenses of what a package bundles next to the bundle, since MIT, BSD and Apache ask for that. What is
 * bundled comes from esbuild's own account of its output. All builds of one package add to one file.
 *
 * @throws when a license is not in the list of those that are allowed, or a package has no text of its license
 */
export function thirdPartyLicenses(): Plugin {
  const found = new Map<string, Bundled>();
  return {
    name: 'third-party-licenses',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) =>
          Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
        );
        for (const bundled of inputs.flatMap(licensesOf)) found.set(bundled.title, bundled);
        write(join('dist', LICENSES_FILE), [...found.values()]);
      });
    },
  };
}

/** The packages in the text of such a file. */
function readLicenses(text: string): readonly Bundled[] {
  return text
    .split(SEPARATOR)
    .slice(1)
    .map((entry) => {
      const [title = '', license = '', , ...lines] = entry.split('\n');
      return { title, license: license.replace(/^License: /, ''), text: lines.join('\n') };
    });
}

/** Of the package that a bundled file belongs to; of a package of ours, what that has bundled itself. */
function licensesOf(path: string): readonly Bundled[] {
  const root = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
  if (root !== undefined) return [licenseOf(root)];
  const own = /^(.*)\/dist\//.exec(path)?.[1];
  const file = own === undefined ? undefined : join(own, 'dist', LICENSES_FILE);
  return file !== undefined && existsSync(file) ? readLicenses(readFileSync(file, 'utf8')) : [];
}

function licenseOf(root: string): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const title = `${name} ${version}`;
  if (!ALLOWED.has(license)) {
    throw new Error(`${title} has the license ${license}; what is bundled may have ${[...ALLOWED].join(', ')}`);
  }
  // A package with a choice of licenses has a file for each.
  const files = readdirSync(root).filter((entry) => /^(?:licen[cs]e|notice)(?:[.-]|$)/i.test(entry));
  if (files.length === 0) throw new Error(`${title} has no file with its license`);
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { title, license, text: texts.join('\n\n') };
}

function write(file: string, all: readonly Bundled[]): void {
  if (all.length === 0) return;
  const head = 'This package contains code of the packages below, under their own licenses.\n';
  const entries = [...all]
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, license, text }) => `${title}\nLicense: ${license}\n\n${text}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${[head.trimEnd(), ...entries].join(`\n${SEPARATOR}`)}\n`);
}
