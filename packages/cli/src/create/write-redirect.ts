import { existsSync, lstatSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, REDIRECT_NAME, readRedirect } from '@vivarium/core/host';
import { readConfiguration, temporaryName } from '@vivarium/core/internal';

/** Where a redirect is written, and what it names. */
export interface RedirectRequest {
  /** The directory that the file is in. */
  readonly directory: string;
  /** The environment, absolute. */
  readonly environment: string;
}

/** The file that was written, or why none was: the reason completes "no redirect is written, because …". */
export type RedirectOutcome = { readonly file: string } | { readonly reason: string };

/**
 * Whether virtualenv writes a redirect without being asked: next to a `pyproject.toml`, where there is no `.venv` of any
 * kind.
 */
export function isRedirectDefault(directory: string): boolean {
  return (
    existsSync(join(directory, 'pyproject.toml')) &&
    lstatSync(join(directory, REDIRECT_NAME), { throwIfNoEntry: false }) === undefined
  );
}

/**
 * Why the redirect cannot be written. What is there is only replaced if it is what {@link writeRedirect} and virtualenv
 * write: one line that names an existing environment of one of the two. A directory, a link, and a file with anything
 * else in it are kept.
 */
export function whyNoRedirect({ directory, environment }: RedirectRequest): string | undefined {
  const file = join(directory, REDIRECT_NAME);
  if (environment === file) return `the environment is ${file} itself`;
  if (/[\r\n\0\ufffd]/.test(environment) || !environment.isWellFormed()) {
    return `a redirect cannot express the path ${environment}`;
  }
  const present = lstatSync(file, { throwIfNoEntry: false });
  if (present === undefined || isOwn(file, present)) return undefined;
  return present.isDirectory() ? `${file} is a directory` : `${file} exists and was not written for an environment`;
}

/**
 * Writes the file `.venv` that names an environment (draft PEP 832): by its name where it is next to the file, else by
 * its absolute path. It appears whole, by a rename. Nothing is thrown: an environment without a redirect is complete.
 */
export function writeRedirect(request: RedirectRequest): RedirectOutcome {
  const reason = whyNoRedirect(request);
  if (reason !== undefined) return { reason };
  const { directory, environment } = request;
  const file = join(directory, REDIRECT_NAME);
  const isSibling = dirname(environment) === directory;
  const temporary = join(directory, `${REDIRECT_NAME}-${temporaryName()}`);
  try {
    writeFileSync(temporary, `${isSibling ? environment.slice(join(directory, '/').length) : environment}\n`, {
      flag: 'wx',
    });
    renameSync(temporary, file);
    return { file };
  } catch (error) {
    rmSync(temporary, { force: true });
    return { reason: messageOf(error) };
  }
}

function isOwn(file: string, stats: Stats): boolean {
  if (!stats.isFile()) return false;
  const redirect = readRedirect(file);
  if (redirect === undefined || 'problem' in redirect || redirect.leadsTo !== 'environment' || !redirect.isOneLine)
    return false;
  const keys = readConfiguration(join(redirect.target, 'pyvenv.cfg'));
  return keys.vivarium !== undefined || keys.virtualenv !== undefined;
}
