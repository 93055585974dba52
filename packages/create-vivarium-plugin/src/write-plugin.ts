import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kebabCase } from '@vivarium/core/internal';
import { CONTRACT, type PluginKind, systemCode, VivariumError } from '@vivarium/core/plugin';
import { identifierOf, optionPrefixOf, titleOf } from './names.ts';

declare const CORE_VERSION: string;
declare const TESTKIT_VERSION: string;

/** What a new plugin is to be. */
export interface PluginRequest {
  readonly kind: PluginKind;
  /** What users will type: `elvish`. */
  readonly name: string;
  /** The name of the package: `vivarium-activator-elvish`, `@acme/vivarium-activator-elvish`. */
  readonly packageName: string;
  /** The directory to be created, absolute. It may be there already if it is empty but for `.git`. */
  readonly destination: string;
  /** Whom the licence names. */
  readonly author: string;
}

const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));

/**
 * Writes the package: what all kinds have in common, then what is this kind's own.
 *
 * @returns the files that were written, relative to the destination
 * @throws VivariumError `DESTINATION_TAKEN` (exit code 2), `WRITE_FAILED`
 */
export function writePlugin(request: PluginRequest): readonly string[] {
  const { kind, destination } = request;
  assertEmpty(destination);
  const values = valuesFor(request);
  const files = new Map([...filesOf('common'), ...filesOf(kind)]);
  for (const [path, template] of files) write(join(destination, path), fill(readFileSync(template, 'utf8'), values));
  return [...files.keys()].sort();
}

function assertEmpty(destination: string): void {
  const entries = list(destination)?.filter((name) => name !== '.git') ?? [];
  if (entries.length === 0) return;
  throw new VivariumError('DESTINATION_NOT_EMPTY', `There is something in ${destination} already: ${entries[0]}`, {
    hint: 'Name a directory that is empty or not there yet.',
  });
}

function list(directory: string): readonly string[] | undefined {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new VivariumError('DESTINATION_TAKEN', `${directory} is not a directory`, { cause: error });
  }
}

/**
 * The files of a template, by the paths at which they are to stand. npm keeps no `.gitignore`, so `_` stands for the
 * dot, and a `package.json` would be taken for a package of its own.
 */
function filesOf(name: string): readonly (readonly [path: string, template: string])[] {
  const directory = join(TEMPLATES, name);
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => statSync(join(directory, path)).isFile())
    .map((path) => [
      path
        .replaceAll('\\', '/')
        .replace(/^_/, '.')
        .replace(/\.template$/, ''),
      join(directory, path),
    ]);
}

function valuesFor({ kind, name, packageName, author }: PluginRequest): Readonly<Record<string, string>> {
  const option = optionPrefixOf(name);
  return {
    AUTHOR: author,
    CORE: `^${CORE_VERSION}`,
    DESCRIPTION: DESCRIPTIONS[kind].replace('NAME', name),
    IDENTIFIER: identifierOf(kind, name),
    KIND: kind,
    NAME: name,
    OPTION: option,
    OPTION_FLAG: kebabCase(option),
    PACKAGE: packageName,
    TESTKIT: `^${TESTKIT_VERSION}`,
    TITLE: titleOf(kind, name),
    YEAR: String(new Date().getFullYear()),
  };
}

const DESCRIPTIONS: Readonly<Record<PluginKind, string>> = {
  activator: 'Writes the script with which NAME activates a Python virtual environment that vivarium made',
  creator: 'Creates Python virtual environments in its own way, for vivarium',
  seeder: 'Puts the wheels of a directory into Python virtual environments that vivarium makes',
  discoverer: 'Finds the Pythons that a file names, for vivarium',
};

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .replace('"__CONTRACT__"', String(CONTRACT))
    .replace(/__(?!VIVARIUM_)([A-Z]+(?:_[A-Z]+)?)__/g, (placeholder, key: string) => values[key] ?? placeholder);
}

function write(path: string, contents: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents, { flag: 'wx' });
  } catch (error) {
    throw new VivariumError('WRITE_FAILED', `${path} could not be written (${systemCode(error)})`, { cause: error });
  }
}
