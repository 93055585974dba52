import { posix } from 'node:path';
import { type Environment, pathsOf } from '../environment.ts';
import { VivariumError } from '../error.ts';
import type { Step, TreeStep } from '../plan/step.ts';
import { isOwnFile, isOwnName } from './own-name.ts';

/**
 * Refuses a plan in which a package brings a file that another one brings too, or one of the environment's own. It looks
 * at the paths of the plan alone, whatever the seeder.
 *
 * What is the environment's own is compared without regard to letter case. Packages are compared so for Windows and
 * macOS, whose file systems usually ignore it.
 *
 * @param owned the packages that stay in an environment that exists, by the paths of their files
 * @throws VivariumError `PACKAGE_PATH_TAKEN`
 */
export function checkCollisions(
  steps: readonly Step[],
  { interpreter, layout }: Environment,
  owned: ReadonlyMap<string, string> = new Map(),
): void {
  const ignoresCase = pathsOf(interpreter) !== posix || interpreter.platform === 'darwin';
  const own = new Map<string, string>();
  const files = new Map<string, string>();
  const directories = new Map<string, string>();
  const links = linksOf(steps);
  // Where letter case does not count, a package can collide with itself, which only a look at each file tells.
  const looked = ignoresCase ? steps : withoutLoneTops(steps, { layout }, { owned, links });
  const scripts = `${layout.scripts}/`.toLowerCase();

  for (const step of looked) {
    if (isPlaced(step) && step.package === undefined)
      for (const path of pathsIn(step)) own.set(path.toLowerCase(), path);
  }
  const staying = new Map([...owned].map(([path, name]) => [keyOf(path), name]));
  for (const step of looked) {
    if (!isPlaced(step) || step.package === undefined) continue;
    const { package: owner } = step;
    for (const directory of directoriesIn(step)) directories.set(keyOf(directory), owner);
    for (const path of pathsIn(step)) claim(path, owner);
  }
  for (const [key, owner] of files) {
    const other = directories.get(key);
    if (other !== undefined) throw taken(key, owner, `${other} has a directory there`);
  }
  for (const [key, path] of own) {
    const owner = directories.get(keyOf(path)) ?? directories.get(key);
    if (owner !== undefined && !links.has(key)) throw taken(path, owner, OWN);
  }

  function claim(path: string, owner: string): void {
    const folded = path.toLowerCase();
    const isScript = folded.startsWith(scripts) && !folded.slice(scripts.length).includes('/');
    if (own.has(folded) || isOwnFile(path) || (isScript && isOwnName(path.slice(scripts.length)))) {
      throw taken(path, owner, OWN);
    }
    const key = keyOf(path);
    const stays = staying.get(key);
    if (stays !== undefined) throw taken(path, owner, `${stays}, which stays in the environment, has it`);
    const other = files.get(key);
    // What is said of where a package came from takes the place of the RECORD that its wheel leads to.
    if (other !== undefined && !(other === owner && path.endsWith('.dist-info/RECORD'))) {
      throw taken(path, owner, other === owner ? 'it brings that twice' : `${other} brings it too`);
    }
    files.set(key, owner);
  }

  function keyOf(path: string): string {
    const real = throughLinks(path, links);
    return ignoresCase ? real.toLowerCase() : real;
  }
}

/**
 * The steps without files that no other step can bring: those of a package below a name in site-packages that only this
 * step has there. An environment with a hundred packages has ten thousand files, and few such names are of two of them.
 */
function withoutLoneTops(
  steps: readonly Step[],
  { layout }: Pick<Environment, 'layout'>,
  { owned, links }: { readonly owned: ReadonlyMap<string, string>; readonly links: ReadonlyMap<string, string> },
): readonly Step[] {
  const sites = [...new Set([layout.purelib, layout.platlib].map(real))];
  const claims = new Map<string, number>();
  for (const step of steps) {
    if (!isPlaced(step)) continue;
    const site = siteOf(step);
    if (site !== undefined) for (const top of topsOf(step as TreeStep)) claim(`${site}/${top}`);
    for (const other of sites) {
      if (other === site) continue;
      for (const path of pathsIn(step)) claimBelow(other, path);
      for (const path of directoriesIn(step)) claimBelow(other, path);
    }
  }
  for (const path of owned.keys()) for (const site of sites) claimBelow(site, path);
  return steps.map((step) => {
    const site = isPlaced(step) ? siteOf(step) : undefined;
    if (site === undefined || step.kind !== 'tree') return step;
    const common = new Set(topsOf(step).filter((top) => (claims.get(`${site}/${top}`.toLowerCase()) ?? 0) > 1));
    const isCommon = (path: string): boolean => common.has(topOf(path));
    return { ...step, directories: step.directories.filter(isCommon), files: step.files.filter(isCommon) };
  });

  function real(path: string): string {
    return throughLinks(`${posix.normalize(path)}/`, links).slice(0, -1);
  }

  /** The site-packages that a step puts the files of a package into. */
  function siteOf(step: Placed): string | undefined {
    if (step.kind !== 'tree' || step.package === undefined) return undefined;
    const base = real(step.path);
    return base !== '.' && sites.includes(base) ? base : undefined;
  }

  // What is the environment's own is compared without regard to letter case.
  function claim(path: string): void {
    const key = path.toLowerCase();
    claims.set(key, (claims.get(key) ?? 0) + 1);
  }

  function claimBelow(site: string, path: string): void {
    const target = throughLinks(path, links);
    if (target.startsWith(`${site}/`)) claim(`${site}/${topOf(target.slice(site.length + 1))}`);
  }
}

function isPlaced(step: Step): step is Placed {
  return step.kind !== 'run' && step.kind !== 'remove' && step.kind !== 'directory';
}

/** Twice what is a directory and a file. */
function topsOf({ directories, files }: TreeStep): readonly string[] {
  const isTop = (path: string): boolean => !path.includes('/');
  return [...directories.filter(isTop), ...files.filter(isTop)];
}

function topOf(path: string): string {
  const end = path.indexOf('/');
  return end === -1 ? path : path.slice(0, end);
}

const OWN = "it is one of the environment's own";

type Placed = Exclude<Step, { kind: 'run' | 'remove' | 'directory' }>;

function* pathsIn(step: Placed): Iterable<string> {
  if (step.kind !== 'tree') {
    yield posix.normalize(step.path);
    return;
  }
  const base = step.path === '.' ? '' : `${posix.normalize(step.path)}/`;
  for (const file of step.files) yield base + file;
}

function* directoriesIn(step: Placed): Iterable<string> {
  const start = step.kind === 'tree' ? posix.normalize(step.path) : posix.dirname(posix.normalize(step.path));
  for (let path = start; path !== '.' && path !== ''; path = posix.dirname(path)) yield path;
  if (step.kind !== 'tree') return;
  for (const directory of step.directories) yield start === '.' ? directory : `${start}/${directory}`;
}

/** Links of the environment to directories in it, `lib64` to `lib`: one file has two paths there. */
function linksOf(steps: readonly Step[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const step of steps) {
    if (step.kind !== 'symlink' || step.package !== undefined || step.orDirectory !== true) continue;
    if (!posix.isAbsolute(step.target)) links.set(step.path, posix.join(posix.dirname(step.path), step.target));
  }
  return links;
}

function throughLinks(path: string, links: ReadonlyMap<string, string>): string {
  for (const [link, target] of links) if (path.startsWith(`${link}/`)) return target + path.slice(link.length);
  return path;
}

function taken(path: string, owner: string, why: string): VivariumError {
  return new VivariumError('PACKAGE_PATH_TAKEN', `${owner} can't be installed: it brings ${path}, and ${why}`, {
    hint: 'Nothing was written. Take one of the two out of the lock, or another version of it.',
  });
}
