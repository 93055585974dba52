import { basename, join, posix } from 'node:path';
import { normalizeName } from '@vivarium/packaging';
import { readBinary } from '../inspect/binary.ts';
import type { Distribution, Inspection } from '../inspect/inspection.ts';
import { listDirectory } from '../read/list-directory.ts';
import { withoutCondaPackages } from './conda-packages.ts';
import type { Found } from './finding.ts';
import { installAgain } from './install-again.ts';
import { packagesVersion } from './packages-version.ts';
import { type RecordedFile, recordedFiles, stateOf, withRecord } from './record.ts';

/** What is wrong with the packages that are installed. */
export function findPackageFaults(inspection: Inspection): readonly Found[] {
  const examined = withoutCondaPackages(inspection);
  const doubled = duplicates(examined);
  const isDoubled = new Set(doubled.flat().map(({ path }) => path));
  const intact = withRecord(examined).filter(({ path }) => !isDoubled.has(path));
  return [
    ...intact.flatMap((one) => changedFiles(one, inspection)),
    ...doubled.map((all): Found => {
      const message = `${all[0]?.name} is recorded as ${all.map(({ version }) => version).join(' and ')}`;
      return { code: 'PACKAGE_DUPLICATE', message, paths: all.map(({ path }) => path) };
    }),
    ...leftovers(inspection),
    ...intact.flatMap((one) => otherPlatform(one, inspection)),
  ];
}

/** Distributions that have more than one record in one directory. */
export function duplicates({ distributions }: Inspection): readonly (readonly Distribution[])[] {
  const groups = new Map<string, Distribution[]>();
  for (const one of distributions.filter(({ path }) => path.endsWith('.dist-info'))) {
    const key = `${posix.dirname(one.path)}/${normalizeName(one.name)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function changedFiles(distribution: Distribution, inspection: Inspection): readonly Found[] {
  const files = recordedFiles(inspection.directory, distribution).map((file) => ({
    file,
    state: stateOf(inspection.directory, file),
  }));
  const missing = files.filter(({ state }) => state === 'missing').map(({ file }) => file);
  const changed = files.filter(({ state }) => state === 'changed').map(({ file }) => file);
  return [
    ...fault('PACKAGE_FILE_MISSING', 'is missing', missing, { distribution, inspection }),
    ...fault('PACKAGE_FILE_CHANGED', 'is not what was installed', changed, { distribution, inspection }),
  ];
}

interface Subject {
  readonly distribution: Distribution;
  readonly inspection: Inspection;
}

function fault(
  code: 'PACKAGE_FILE_MISSING' | 'PACKAGE_FILE_CHANGED',
  what: string,
  files: readonly RecordedFile[],
  { distribution, inspection }: Subject,
): readonly Found[] {
  const [first] = files;
  if (first === undefined) return [];
  const { name, version } = distribution;
  const more = files.length === 1 ? '' : ` (and ${files.length - 1} more)`;
  return [
    {
      code,
      message: `${name} ${version}: ${first.path} ${what}${more}`,
      paths: files.map(({ path }) => path),
      otherwise: installAgain(distribution, inspection),
    },
  ];
}

/** The directories that an interrupted pip has renamed: its own name for what it is about to remove. */
function leftovers({ directory, layout }: Inspection): readonly Found[] {
  const paths = layout.sitePackages.flatMap((packages) =>
    listDirectory(join(directory, packages))
      .filter(({ name }) => name.startsWith('~') && name.length > 1)
      .map(({ name }) => `${packages}/${name}`),
  );
  const [first] = paths;
  if (first === undefined) return [];
  const more = paths.length === 1 ? '' : ` (and ${paths.length - 1} more)`;
  return [{ code: 'PACKAGE_LEFTOVER', message: `${first}${more} was left by an interrupted pip`, paths }];
}

/** `_speedups.cpython-312-x86_64-linux-gnu.so`, `x.cp312-win_amd64.pyd`. */
const TAGGED = /\.(?:cpython-|cp)(\d)(\d+)[a-z]*-[\w-]+\.(?:so|pyd)$/;

function otherPlatform(distribution: Distribution, inspection: Inspection): readonly Found[] {
  const { directory, python } = inspection;
  const modules = recordedFiles(directory, distribution).filter(({ path }) => /\.(?:so|pyd)$/.test(path));
  const [first] = modules;
  if (first === undefined) return [];
  const reasons = modules.map(({ path }) => whyOther(path));
  const [reason] = reasons;
  // Some wheels have modules for several Pythons, of which one fits.
  if (reason === undefined || reasons.some((one) => one === undefined)) return [];
  const { name, version } = distribution;
  const message = `${name} ${version}: ${basename(first.path)} is for ${reason}`;
  return [
    {
      code: 'PACKAGE_PLATFORM_MISMATCH',
      message,
      paths: modules.map(({ path }) => path),
      command: installAgain(distribution, inspection),
    },
  ];

  function whyOther(path: string): string | undefined {
    const [, major, minor] = TAGGED.exec(path) ?? [];
    const wanted = packagesVersion(inspection);
    if (major !== undefined && wanted !== undefined && `${major}.${minor}` !== wanted)
      return `Python ${major}.${minor}`;
    const machine = readBinary(join(directory, path))?.machine;
    const own = python.binary?.machine;
    return machine !== undefined && own !== undefined && machine !== own ? machine : undefined;
  }
}
