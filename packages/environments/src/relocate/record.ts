import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Prefixes } from './prefixes.ts';
import { replacePrefix } from './rewrite-metadata.ts';

/**
 * A `RECORD` (Binary distribution format, "The .dist-info directory") after files of its distribution were rewritten: with
 * their new hashes and sizes, and with the new place where a path is absolute.
 *
 * @param base the directory that paths in it are relative to, itself relative to the environment
 * @param rewritten new contents by path, relative to the environment
 */
export function rewriteRecord(
  text: string,
  { base, rewritten, prefixes }: { base: string; rewritten: ReadonlyMap<string, Buffer>; prefixes: Prefixes },
): string {
  return text
    .split('\n')
    .map((line) => rewriteRow(line))
    .join('\n');

  function rewriteRow(line: string): string {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*)),([^,]*),([^,\r]*)(\r?)$/.exec(line);
    if (match === null) return line;
    const [, quoted, plain = '', hash = '', size = '', end = ''] = match;
    const path = quoted?.replaceAll('""', '"') ?? plain;
    const moved = replacePrefix(path, prefixes);
    const inside = moved === undefined ? posix.join(base, path) : moved.slice(prefixes.to.length + 1);
    const contents = hash === '' ? undefined : rewritten.get(inside);
    if (moved === undefined && contents === undefined) return line;
    const name = csvField(moved ?? path);
    if (contents === undefined) return `${name},${hash},${size}${end}`;
    const digest = createHash('sha256').update(contents).digest('base64url');
    return `${name},sha256=${digest},${contents.length}${end}`;
  }
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
