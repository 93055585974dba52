import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FetchFailure } from './fetch-failure.ts';

/** A place that archives are taken from. */
export type Mirror = { readonly directory: string } | { readonly url: URL };

/**
 * Reads what names a mirror: an address, below which archives have their paths; or a directory.
 *
 * @throws FetchFailure
 */
export function readMirror(text: string, cwd: string): Mirror {
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) throw new FetchFailure('it is no address');
    const url = new URL(text);
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return { url };
  }
  if (/^file:/i.test(text)) return { directory: fileURLToPath(text) };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text))
    throw new FetchFailure('it is neither http:, https:, file: nor a directory');
  return { directory: resolve(cwd, text) };
}
