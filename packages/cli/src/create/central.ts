import { join } from 'node:path';
import { defaultCacheDirectory, VivariumError } from '@vivarium/core/host';

/**
 * The directory of the environments that are kept outside of their projects: next to the default directory of the cache,
 * whose content may be deleted at any time.
 *
 * @returns `undefined` for a user without a home directory
 */
export function centralDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache = defaultCacheDirectory(env);
  return cache === undefined ? undefined : `${cache}-environments`;
}

/**
 * The place of a central environment. The same name is always the same place, whatever the project is called and
 * wherever it is.
 *
 * @throws VivariumError `CENTRAL_NAME_INVALID`, `HOME_NOT_FOUND`
 */
export function centralEnvironment(name: string, env: Readonly<Record<string, string | undefined>>): string {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u.test(name)) {
    throw new VivariumError('CENTRAL_NAME_INVALID', `\`${name}\` can't be the name of a central environment`, {
      source: '--central',
      hint: 'Use letters, digits, `.`, `_` and `-`, and begin with none of the last two.',
    });
  }
  const directory = centralDirectory(env);
  if (directory === undefined) {
    throw new VivariumError('HOME_NOT_FOUND', 'There is no home directory and so none for central environments', {
      source: '--central',
      hint: 'Set HOME, or give a destination.',
    });
  }
  return join(directory, name);
}
