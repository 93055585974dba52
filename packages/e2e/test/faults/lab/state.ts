import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../vivarium.ts';

/**
 * What is at a destination. An old one without its pip is whole but for that; where there are no scripts, nothing can
 * be started.
 */
export type State = 'absent' | 'no scripts' | 'old' | 'old without pip' | 'new';

/** A module that only the old environment has. */
export const OLD_MODULE = 'made_before.py';

/** Puts a package in as pip does, with the module by which the old environment is known. */
export function installByHand(packages: string): void {
  const record = `${OLD_MODULE},,\nmade_before-1.0.dist-info/RECORD,,\n`;
  mkdirSync(join(packages, 'made_before-1.0.dist-info'));
  writeFileSync(join(packages, 'made_before-1.0.dist-info/RECORD'), record);
  writeFileSync(join(packages, OLD_MODULE), '');
}

/** What is known to be whole. */
export interface Whole {
  /** What environments are, by their listings. */
  readonly states: ReadonlyMap<string, State>;
  /** Nothing else is whole, even if it works. */
  readonly isExact: boolean;
}

/**
 * What is at a destination: nothing, or an environment that is whole. Of one that is file by file like one that is
 * known to be that is certain; any other is tried out by activating it and by starting its pip.
 *
 * @throws Error when it is anything else
 */
export async function stateOf(sandbox: Sandbox, destination: string, whole?: Whole): Promise<State> {
  if (lstatSync(destination, { throwIfNoEntry: false }) === undefined) return 'absent';
  const visible = readdirSync(destination).filter((name) => !name.startsWith('.vivarium-'));
  if (visible.length === 0) return 'absent';
  if (!visible.includes('bin')) return 'no scripts';
  const known = whole?.states.get(listing(destination));
  if (known !== undefined) return known;
  if (whole?.isExact) throw new Error(`what exists is neither the old one nor the new one:\n${listing(destination)}`);
  const script = `. "$1/bin/activate" && [ "$VIRTUAL_ENV" = "$1" ] && python -c 'import sys; print(sys.prefix)'`;
  const tried = await sandbox.run('sh', '-c', script, 'sh', destination);
  if (tried.exitCode !== 0 || tried.stdout !== destination) {
    throw new Error(`what exists does not work: ${tried.stderr}${tried.stdout} [${visible.join(' ')}]`);
  }
  const pip = await sandbox.run(join(destination, 'bin/pip'), '--version');
  if (pip.exitCode !== 0 && hasOldModule(destination)) return 'old without pip';
  if (pip.exitCode !== 0) throw new Error(`its pip does not work: ${pip.stderr}`);
  return hasOldModule(destination) ? 'old' : 'new';
}

/** Everything in an environment, as text: paths with sizes and targets of links, what runs of Python leave put aside. */
export function listing(destination: string): string {
  const lines = readdirSync(destination, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.includes('__pycache__') && !path.startsWith('.vivarium-'))
    .map((path) => {
      const stats = lstatSync(join(destination, path));
      if (stats.isDirectory()) return path;
      return `${path} ${stats.isSymbolicLink() ? readlinkSync(join(destination, path)) : stats.size} ${stats.mode & 0o111}`;
    });
  return lines.sort().join('\n');
}

export function hasOldModule(destination: string): boolean {
  return existsSync(join(sitePackages(destination), OLD_MODULE));
}

export function sitePackages(destination: string): string {
  const lib = join(destination, 'lib');
  const python = existsSync(lib) ? readdirSync(lib).find((name) => /^python\d/.test(name)) : undefined;
  return join(lib, python ?? 'python', 'site-packages');
}

/** Names of what runs have left in a directory that they take away again. */
export function leftIn(...directories: readonly string[]): readonly string[] {
  return directories.flatMap((directory) =>
    existsSync(directory) && lstatSync(directory).isDirectory()
      ? readdirSync(directory).filter((name) => isLeft(name) && !isKept(name))
      : [],
  );
}

function isLeft(name: string): boolean {
  return name.startsWith('.vivarium-') || name.endsWith('.tmp');
}

/** What was replaced on a file system that is not that of the home directory is kept there for a day, for `vivarium undo`. */
export function isKept(name: string): boolean {
  return name.startsWith('.vivarium-removed-');
}

/**
 * Every image that a cache would serve has all of its files.
 *
 * @throws Error with the first that is missing
 */
export function assertWholeImages(cache: string): void {
  for (const kind of ['images', 'compiled']) {
    for (const image of list(join(cache, kind)).flatMap((form) => list(form))) {
      if (image.endsWith('.tmp')) continue;
      const { tree, trees } = JSON.parse(readFileSync(join(image, 'manifest.json'), 'utf8')) as {
        tree: string;
        trees: { scheme: string; files: string[] }[];
      };
      for (const { scheme, files } of trees) {
        const missing = files.find((file) => !existsSync(join(image, tree, scheme, file)));
        if (missing !== undefined) throw new Error(`the image ${image} is served without ${missing}`);
      }
    }
  }
}

function list(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}
