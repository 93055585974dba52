import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { REDIRECT_NAME, readRedirect } from '@vivarium/core/host';
import type { Redirect } from './inspection.ts';

/** What a path is that is to lead to an environment. */
export type Followed =
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'redirect'; readonly directory: string; readonly redirect: Redirect; readonly exists: boolean }
  /** `reason` completes "… names no environment: ". */
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'missing' };

/**
 * Follows a `.venv` *file* that names an environment elsewhere (`readRedirect` of core).
 *
 * @param path a directory, or a redirect file; relative ones are those of the cwd
 */
export function followRedirect(path: string): Followed {
  const absolute = resolve(path);
  const isDirectory = isDirectoryAt(absolute);
  if (isDirectory === undefined) return { kind: 'missing' };
  if (isDirectory) return { kind: 'directory', directory: absolute };
  const redirect = readRedirect(absolute);
  if (redirect === undefined) return { kind: 'invalid', reason: noRedirect(absolute) };
  if ('problem' in redirect) return { kind: 'invalid', reason: redirect.problem };
  const { file, target, leadsTo } = redirect;
  return { kind: 'redirect', directory: target, redirect: { file, target }, exists: leadsTo !== 'nothing' };
}

function noRedirect(path: string): string {
  return basename(path) === REDIRECT_NAME
    ? 'it is neither a directory nor a file that can be read'
    : `it is not a directory, and only a file with the name ${REDIRECT_NAME} can name one`;
}

function isDirectoryAt(path: string): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory();
  } catch {
    return undefined;
  }
}
