import { type MinorVersion, type TagFacts, toTagPart } from './facts.ts';
import { platformTags } from './platform-tags.ts';

/**
 * The tags of the wheels that an interpreter can use, best first: those of its own ABI, of stable ABIs, of its version
 * without an ABI, and of any Python (PEP 425; `abi3` of PEP 384, `abi3t` of PEP 803). Each is written as in a file's
 * name, `cp313-cp313-manylinux_2_28_x86_64`.
 */
export function wheelTags(facts: TagFacts): readonly string[] {
  const platforms = platformTags(facts.platform);
  const name = shortName(facts.implementation);
  const interpreter = `${name}${withoutDot(facts.version)}`;
  const own =
    name === 'cp' ? cpythonTags(facts, interpreter) : [...foreignAbis(facts), 'none'].map(tagsOf(interpreter));
  const any = { cp: interpreter, pp: facts.version[0] === 3 ? 'pp3' : undefined }[name];
  const pythons = pythonsUpTo(facts.version);
  return [
    ...[...own, ...pythons.map((python) => `${python}-none`)].flatMap((tag) =>
      platforms.map((platform) => `${tag}-${platform}`),
    ),
    ...(any === undefined ? [] : [`${any}-none-any`]),
    ...pythons.map((python) => `${python}-none-any`),
  ];
}

const SHORT_NAMES: Readonly<Record<string, string | undefined>> = {
  python: 'py',
  cpython: 'cp',
  pypy: 'pp',
  ironpython: 'ip',
  jython: 'jy',
};

function shortName(implementation: string): string {
  const name = implementation.toLowerCase();
  return SHORT_NAMES[name] ?? toTagPart(name);
}

function withoutDot([major, minor]: MinorVersion): string {
  return `${major}${minor}`;
}

function tagsOf(interpreter: string): (abi: string) => string {
  return (abi) => `${interpreter}-${abi}`;
}

function cpythonTags(facts: TagFacts, interpreter: string): readonly string[] {
  const [major, minor] = facts.version;
  const abis = cpythonAbis(facts);
  // A stable ABI is of one major version. `abi3` came with 3.2.
  if (!isAtLeast(facts.version, [3, 2])) return [...abis, 'none'].map(tagsOf(interpreter));
  const stable = isFreeThreaded(facts) ? 'abi3t' : 'abi3';
  const older: string[] = [];
  for (let number = minor - 1; number >= 2; number -= 1) older.push(`cp${major}${number}-${stable}`);
  return [...[...abis, stable, 'none'].map(tagsOf(interpreter)), ...older];
}

function cpythonAbis(facts: TagFacts): readonly string[] {
  const { version, isDebug = false, hasPymalloc = true, platform } = facts;
  const { hasWideUnicode = platform.system !== 'windows' && platform.system !== 'macos' } = facts;
  const plain = `cp${withoutDot(version)}${isFreeThreaded(facts) ? 't' : ''}`;
  const debug = isDebug ? 'd' : '';
  if (!isAtLeast(version, [3, 8])) {
    const wide = !isAtLeast(version, [3, 3]) && hasWideUnicode ? 'u' : '';
    return [`${plain}${debug}${hasPymalloc ? 'm' : ''}${wide}`];
  }
  // A debug build loads modules of ordinary builds too, since 3.8.
  return isDebug ? [`${plain}d`, plain] : [plain];
}

function isFreeThreaded({ isFreeThreaded = false, version }: TagFacts): boolean {
  return isFreeThreaded && isAtLeast(version, [3, 13]);
}

/** The ABI of an implementation that is not CPython: `pypy311_pp73` of `pypy311-pp73-x86_64-linux-gnu`. */
function foreignAbis({ soabi = '' }: TagFacts): readonly string[] {
  if (soabi === '') return [];
  const parts = soabi.split('-');
  if (soabi.startsWith('cpython')) return [`cp${parts[1] ?? ''}`];
  const length = soabi.startsWith('pypy')
    ? 2
    : soabi.startsWith('graalpy')
      ? 3
      : soabi.startsWith('cp')
        ? 1
        : undefined;
  return [toTagPart(parts.slice(0, length).join('-'))];
}

function pythonsUpTo([major, minor]: MinorVersion): readonly string[] {
  const older: string[] = [];
  for (let number = minor - 1; number >= 0; number -= 1) older.push(`py${major}${number}`);
  return [`py${major}${minor}`, `py${major}`, ...older];
}

function isAtLeast([major, minor]: MinorVersion, [wantedMajor, wantedMinor]: MinorVersion): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
