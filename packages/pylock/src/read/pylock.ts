import { parse, TomlError } from 'smol-toml';
import { locate } from '../locate.ts';
import type { LockOrigin, LockWarning, Pylock } from '../lock.ts';
import { LockError } from '../lock-error.ts';
import { formatPath } from '../path.ts';
import { child, elementsOf, invalid, type Node, optional, pathOf, required, tableOf, textOf } from './node.ts';
import { readPackage } from './package.ts';
import type { ReadingRules } from './rules.ts';
import { environmentOf, nameOf, specifierOf } from './values.ts';

/** What a text is, for those who read it. */
export interface TextOptions {
  /** The file, as messages name it. */
  readonly file?: string;
  /** It is not from this machine: `path`, `directory` and `file://` are refused. @default false */
  readonly isRemote?: boolean;
}

/** A lock that was read. */
export interface ReadLock {
  readonly lock: Pylock;
  readonly warnings: readonly LockWarning[];
}

/**
 * Reads a `pylock.toml` (PEP 751, as amended in March 2026) and checks all of it, the packages that no interpreter here
 * needs included: types, names, versions, markers, specifiers, that hashes are there and are of the right length, that
 * names of files are those of their packages.
 *
 * @param content its text, or its bytes
 * @throws LockError `LOCK_SYNTAX`, `LOCK_INVALID` or `LOCK_UNSUPPORTED`, with the path in the document and the line
 */
export function parsePylock(content: string | Uint8Array, { file, isRemote = false }: TextOptions = {}): ReadLock {
  const named = file === undefined ? {} : { file };
  const origin: LockOrigin = { format: 'pylock', ...named, text: decode(content, file) };
  const root: Node = { value: parseToml(origin), origin };
  const warnings: LockWarning[] = [];
  const warn = (node: Node, message: string): void => {
    const path = pathOf(node);
    warnings.push({ path: formatPath(path), line: locate(origin, path), message });
  };
  checkVersion(root, warn);
  const lock = readDocument(root, { isRemote, warn });
  return { lock: { ...lock, origin }, warnings };
}

function decode(content: string | Uint8Array, file: string | undefined): string {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    const origin: LockOrigin = { format: 'pylock', ...(file !== undefined && { file }), text: '' };
    throw new LockError('LOCK_SYNTAX', 'the file is not UTF-8', { origin, cause, line: 1 });
  }
}

function parseToml(origin: LockOrigin): unknown {
  try {
    return parse(origin.text.replace(/^\ufeff/, ''), { integersAsBigInt: true, maxDepth: 100 });
  } catch (cause) {
    const [problem = ''] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    const line = cause instanceof TomlError ? cause.line : 1;
    throw new LockError('LOCK_SYNTAX', problem, { origin, cause, line });
  }
}

const KEYS = {
  document: [
    'lock-version',
    'environments',
    'requires-python',
    'extras',
    'dependency-groups',
    'default-groups',
    'created-by',
    'packages',
    'tool',
  ],
  package: [
    'name',
    'version',
    'marker',
    'requires-python',
    'dependencies',
    'vcs',
    'directory',
    'archive',
    'index',
    'sdist',
    'wheels',
    'attestation-identities',
    'tool',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

function checkVersion(root: Node, warn: ReadingRules['warn']): void {
  const node = required(root, 'lock-version');
  const text = textOf(node);
  const [, major, minor] = /^([0-9]+)\.([0-9]+)$/.exec(text) ?? [];
  if (major === undefined) throw invalid(node, `${JSON.stringify(text)} is not a version of the format, such as "1.0"`);
  if (major !== '1') {
    throw new LockError('LOCK_UNSUPPORTED', `version ${text} of the format is not known, only 1`, {
      path: pathOf(node),
      origin: root.origin,
    });
  }
  if (minor !== '0') warn(node, `version ${text} of the format is newer than 1.0, the newest that is known`);
}

function readDocument(root: Node, rules: ReadingRules): Pylock {
  warnOfUnknownKeys(root, KEYS.document, rules);
  const names = (key: string) => {
    const array = child(root, key);
    return array === undefined ? [] : elementsOf(array).map(nameOf);
  };
  const packages = elementsOf(required(root, 'packages'));
  const lock: Pylock = {
    lockVersion: textOf(required(root, 'lock-version')),
    createdBy: textOf(required(root, 'created-by')),
    ...optional('requiresPython', child(root, 'requires-python'), specifierOf),
    ...optional('environments', child(root, 'environments'), (array) => elementsOf(array).map(environmentOf)),
    extras: names('extras'),
    dependencyGroups: names('dependency-groups'),
    defaultGroups: names('default-groups'),
    packages: packages.map((node) => {
      warnOfUnknownKeys(node, KEYS.package, rules);
      return readPackage(node, rules);
    }),
    ...optional('tool', child(root, 'tool'), tableOf),
  };
  warnOfListedDefaults(root, lock, rules);
  return lock;
}

function warnOfUnknownKeys(node: Node, known: readonly string[], { warn }: ReadingRules): void {
  for (const key of Object.keys(tableOf(node))) {
    if (!known.includes(key)) warn(required(node, key), 'the key is not known, and is ignored');
  }
}

function warnOfListedDefaults(root: Node, lock: Pylock, { warn }: ReadingRules): void {
  const groups = child(root, 'default-groups');
  for (const group of groups === undefined ? [] : elementsOf(groups)) {
    const name = nameOf(group);
    if (lock.dependencyGroups.includes(name)) warn(group, `${name} should not be in dependency-groups as well`);
  }
}
