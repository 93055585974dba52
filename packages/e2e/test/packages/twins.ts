import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Differences between what we install and what pip installs, with the reason of each. */
const DIFFERENCES: readonly { readonly what: RegExp; readonly why: string }[] = [
  { what: /\.dist-info\/INSTALLER$/, why: 'it names who installed' },
  { what: /\.dist-info\/vivarium\.json$/, why: 'the receipt; pip writes none' },
  { what: /\.dist-info\/RECORD$/, why: 'it lists the receipt, and the hashes of commands; its paths are compared' },
  { what: /^bin\/[^/]+$/, why: 'commands that pip and we write in our own words; names and modes are compared' },
];

// What creating an environment writes, or Python when it runs.
const LEFT_OUT = /(?:^|\/)__pycache__(?:\/|$)|^(?:pyvenv\.cfg|vivarium-receipt\.json)$/;

/** Files of an environment by their paths, each with its mode and the hash of its content. */
export function filesOf(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), describe(path, root)] as const)
      .filter(([path]) => !LEFT_OUT.test(path))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Files that differ and are not among {@link DIFFERENCES}, as sentences. */
export function unexplained(ours: string, theirs: string): readonly string[] {
  const [here, there] = [filesOf(ours), filesOf(theirs)];
  const names = [...new Set([...here.keys(), ...there.keys()])].sort();
  return names.flatMap((name) => {
    const [one, other] = [here.get(name), there.get(name)];
    if (one === other) return [];
    const isExplained = DIFFERENCES.some(({ what }) => what.test(name));
    if (isExplained && (one === undefined) === (other === undefined) && modeOf(one) === modeOf(other)) return [];
    if (other === undefined && name.endsWith('/vivarium.json')) return [];
    return [`${name}: ours ${one ?? 'missing'}, pip's ${other ?? 'missing'}`];
  });
}

/** Paths that a RECORD of one environment lists and that of the other doesn't. */
export function recordDifferences(ours: string, theirs: string): readonly string[] {
  const records = [...filesOf(ours).keys()].filter((name) => name.endsWith('.dist-info/RECORD'));
  return records.flatMap((name) => {
    const [here, there] = [pathsIn(join(ours, name)), pathsIn(join(theirs, name))];
    const onlyHere = [...here].filter((path) => !there.has(path) && !path.endsWith('/vivarium.json'));
    const onlyThere = [...there].filter((path) => !here.has(path));
    return [
      ...onlyHere.map((path) => `${name}: ${path} is listed by us alone`),
      ...onlyThere.map((path) => `${name}: ${path} is listed by pip alone`),
    ];
  });
}

function pathsIn(record: string): ReadonlySet<string> {
  const lines = readFileSync(record, 'utf8').split(/\r?\n/).filter(Boolean);
  // Neither the hash nor the size holds a comma.
  return new Set(
    lines.map((line) => line.replace(/,[^,]*,[^,]*$/, '')).filter((path) => !path.includes('__pycache__')),
  );
}

function describe(path: string, root: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path).replaceAll(root, 'ENV')}`;
  const content = readFileSync(path).toString('latin1').replaceAll(root, 'ENV');
  return `${(stats.mode & 0o777).toString(8)} ${createHash('sha256').update(content, 'latin1').digest('hex').slice(0, 16)}`;
}

// A command that is another's copy is a link to it with us.
function modeOf(description: string | undefined): string | undefined {
  return description?.startsWith('link') ? '755' : description?.split(' ')[0];
}
