import { TomlDate } from 'smol-toml';
import { digestProblem, HASH_ALGORITHMS } from '../hashes.ts';
import type { Hashes, LockedFile } from '../lock.ts';
import { child, invalid, type Node, optional, required, tableOf, textOf } from './node.ts';
import type { ReadingRules } from './rules.ts';

/** A file of `wheels` or `sdist`. */
export function readFile(node: Node, rules: ReadingRules): LockedFile {
  const content = readContent(node, rules);
  const given = child(node, 'name');
  // Since March 2026 a name that is given counts, whatever URL and path end in.
  const name = given === undefined ? lastComponent(node, content) : textOf(given);
  if (/[\\/\0]/.test(name) || name === '.' || name === '..') {
    throw invalid(given ?? node, `${JSON.stringify(name)} is not the name of a file`);
  }
  return { name, ...content };
}

/** What wheels, source distributions and archives have in common. */
export function readContent(node: Node, rules: ReadingRules): Omit<LockedFile, 'name'> {
  const location = readLocation(node, rules);
  if (location.url !== undefined) checkUrl(child(node, 'url') ?? node, rules);
  return {
    ...location,
    ...optional('size', child(node, 'size'), sizeOf),
    ...optional('uploadTime', child(node, 'upload-time'), (time) => uploadTimeOf(time, rules)),
    hashes: hashesOf(required(node, 'hashes')),
  };
}

/** `url`, `path` or both. */
export function readLocation(
  node: Node,
  { isRemote }: ReadingRules,
): { readonly url?: string; readonly path?: string } {
  const [url, path] = [child(node, 'url'), child(node, 'path')];
  if (url === undefined && path === undefined) throw invalid(node, '"url" or "path" is missing');
  if (path !== undefined && isRemote) throw invalid(path, 'a lock from elsewhere can not name a path of this machine');
  return { ...optional('url', url, textOf), ...optional('path', path, filePathOf) };
}

/** A path, which is not checked for what it leads to. */
export function filePathOf(node: Node): string {
  const path = textOf(node);
  if (path.includes('\0')) throw invalid(node, 'a path can not contain the character 0');
  return path;
}

function checkUrl(node: Node, { isRemote }: ReadingRules): void {
  const text = textOf(node);
  const scheme = URL.canParse(text) ? /^\s*(https?|file):/i.exec(text)?.[1]?.toLowerCase() : undefined;
  if (scheme === undefined) throw invalid(node, `${JSON.stringify(text)} is not a URL with http, https or file`);
  if (scheme === 'file' && isRemote) throw invalid(node, 'a lock from elsewhere can not name a file of this machine');
}

function sizeOf(node: Node): number {
  const { value } = node;
  if (typeof value !== 'bigint' || value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw invalid(node, 'a size is an integer of bytes, and not negative');
  }
  return Number(value);
}

function uploadTimeOf(node: Node, { warn }: ReadingRules): string {
  const { value } = node;
  if (!(value instanceof TomlDate) || !value.isDateTime()) {
    throw invalid(node, 'a date and time of TOML is expected, without quotation marks');
  }
  if (value.isLocal()) warn(node, 'the time has no offset, and is taken for UTC');
  return new Date(value.getTime()).toISOString();
}

function hashesOf(node: Node): Hashes {
  const entries = Object.keys(tableOf(node)).map((key) => {
    const entry = required(node, key);
    const [algorithm, digest] = [key.toLowerCase(), textOf(entry)];
    const problem = digestProblem(algorithm, digest);
    if (problem !== undefined) throw invalid(entry, problem);
    return [algorithm, HASH_ALGORITHMS.has(algorithm) ? digest.toLowerCase() : digest] as const;
  });
  if (entries.length === 0) throw invalid(node, 'there is no hash');
  const hashes = new Map(entries);
  if (hashes.size < entries.length) throw invalid(node, 'an algorithm is named twice');
  if (![...hashes.keys()].some((algorithm) => HASH_ALGORITHMS.get(algorithm)?.isSecure)) {
    throw invalid(
      node,
      `a hash of sha256, sha384 or sha512 is needed, and there is only ${[...hashes.keys()].join(', ')}`,
    );
  }
  return Object.fromEntries(hashes);
}

function lastComponent(node: Node, { url = '', path }: { readonly url?: string; readonly path?: string }): string {
  const last = path !== undefined ? afterSlash(path) : decoded(afterSlash(url.replace(/[?#][\s\S]*$/, '')));
  if (last === undefined || last === '') throw invalid(node, '"name" is missing, and the location ends in no name');
  return last;
}

function afterSlash(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

// Once, and never again: a name that is still encoded after it is a name with a percent sign.
function decoded(component: string): string | undefined {
  if (!component.includes('%')) return component;
  try {
    return decodeURIComponent(component);
  } catch {
    return undefined;
  }
}
