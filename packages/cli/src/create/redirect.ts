import { dirname } from 'node:path';
import { VivariumError } from '@vivarium/core/host';
import type { CreateRequest } from './request.ts';
import { isRedirectDefault, type RedirectOutcome, whyNoRedirect, writeRedirect } from './write-redirect.ts';

/** The redirect that a request wants for an environment. */
interface WantedRedirect {
  readonly directory: string;
  /** Whether it was asked for, so that a reason against it is worth a warning. */
  readonly isAsked: boolean;
}

function wantedRedirect(environment: string, request: CreateRequest): WantedRedirect | undefined {
  const { redirect, settings } = request;
  if (redirect?.directory !== undefined) return { directory: redirect.directory, isAsked: true };
  const directory = dirname(environment);
  if (settings.venvRedirect) return { directory, isAsked: true };
  if (redirect?.isDefault && !settings.noVenvRedirect && isRedirectDefault(directory)) {
    return { directory, isAsked: false };
  }
  return undefined;
}

/**
 * Where a redirect to an environment in the central directory is to be written, it is looked at before anything is
 * created: without it the environment would not be found from the project.
 *
 * @throws VivariumError `REDIRECT_PROTECTED` (exit code 2)
 */
export function assertCentralRedirect(environment: string, { redirect }: CreateRequest): void {
  if (redirect?.directory === undefined) return;
  const reason = whyNoRedirect({ directory: redirect.directory, environment });
  if (reason === undefined) return;
  throw new VivariumError('REDIRECT_PROTECTED', `No redirect to ${environment} can be written, because ${reason}`, {
    hint: 'Remove or rename it, or leave out --central.',
  });
}

/** Writes the redirect to an environment that was created, if one is wanted; a reason against it is a warning. */
export function redirectTo(environment: string, request: CreateRequest): RedirectOutcome | undefined {
  const wanted = wantedRedirect(environment, request);
  if (wanted === undefined) return undefined;
  const { directory, isAsked } = wanted;
  if (request.dryRun) {
    const reason = whyNoRedirect({ directory, environment });
    return reason === undefined ? { file: `${directory}/.venv` } : { reason };
  }
  const outcome = writeRedirect({ directory, environment });
  if ('reason' in outcome) {
    const tell = isAsked ? request.warn : request.debug;
    tell(`no redirect to ${environment} is written, because ${outcome.reason}`);
  }
  return outcome;
}
