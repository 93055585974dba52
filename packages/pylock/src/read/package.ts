import type { LockedPackage, PackageSource } from '../lock.ts';
import { filePathOf, readContent, readFile, readLocation } from './file.ts';
import { checkFileNames } from './file-names.ts';
import { booleanOf, child, elementsOf, invalid, type Node, optional, required, tableOf, textOf } from './node.ts';
import type { ReadingRules } from './rules.ts';
import { markerOf, nameOf, specifierOf, subdirectoryOf, versionOf } from './values.ts';

/** One of `packages`. */
export function readPackage(node: Node, rules: ReadingRules): LockedPackage {
  const read: LockedPackage = {
    name: nameOf(required(node, 'name')),
    ...optional('version', child(node, 'version'), versionOf),
    ...optional('marker', child(node, 'marker'), markerOf),
    ...optional('requiresPython', child(node, 'requires-python'), specifierOf),
    ...optional('dependencies', child(node, 'dependencies'), (array) => elementsOf(array).map(tableOf)),
    ...optional('index', child(node, 'index'), textOf),
    ...optional('attestationIdentities', child(node, 'attestation-identities'), (array) =>
      elementsOf(array).map((identity) => {
        textOf(required(identity, 'kind'));
        return tableOf(identity);
      }),
    ),
    ...optional('tool', child(node, 'tool'), tableOf),
    source: readSource(node, rules),
  };
  checkFileNames(node, read);
  return read;
}

const FAMILIES = ['vcs', 'directory', 'archive', 'files'] as const;

function readSource(node: Node, rules: ReadingRules): PackageSource {
  const present = FAMILIES.filter((family) =>
    family === 'files' ? (child(node, 'wheels') ?? child(node, 'sdist')) : child(node, family),
  );
  const [family, other] = present;
  if (family === undefined) throw invalid(node, 'one of wheels, sdist, archive, vcs and directory is needed');
  if (other !== undefined) throw invalid(node, `${family} excludes ${other === 'files' ? 'wheels and sdist' : other}`);
  return READERS[family](node, rules);
}

const READERS: Readonly<Record<(typeof FAMILIES)[number], (node: Node, rules: ReadingRules) => PackageSource>> = {
  files: (node, rules) => {
    const wheels = child(node, 'wheels');
    const read = wheels === undefined ? [] : elementsOf(wheels).map((wheel) => readFile(wheel, rules));
    const sdist = child(node, 'sdist');
    if (read.length === 0 && sdist === undefined) throw invalid(wheels ?? node, 'there is no wheel, and no sdist');
    return { kind: 'files', wheels: read, ...optional('sdist', sdist, (file) => readFile(file, rules)) };
  },
  archive: (node, rules) => {
    const table = required(node, 'archive');
    return { kind: 'archive', ...readContent(table, rules), ...subdirectory(table) };
  },
  vcs: (node, rules) => {
    const table = required(node, 'vcs');
    return {
      kind: 'vcs',
      type: textOf(required(table, 'type')),
      ...readLocation(table, rules),
      ...optional('requestedRevision', child(table, 'requested-revision'), textOf),
      commitId: textOf(required(table, 'commit-id')),
      ...subdirectory(table),
    };
  },
  directory: (node, { isRemote }) => {
    const table = required(node, 'directory');
    const path = required(table, 'path');
    if (isRemote) throw invalid(path, 'a lock from elsewhere can not name a path of this machine');
    const editable = child(table, 'editable');
    return {
      kind: 'directory',
      path: filePathOf(path),
      editable: editable !== undefined && booleanOf(editable),
      ...subdirectory(table),
    };
  },
};

function subdirectory(table: Node): { readonly subdirectory?: string } {
  return optional('subdirectory', child(table, 'subdirectory'), subdirectoryOf);
}
