import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { VivariumError } from '../error.ts';
import type { Warn } from '../event.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import { type Cache, openCache } from './cache.ts';
import { defaultCacheDirectory } from './default-directory.ts';
import { cleanCache } from './empty.ts';

/** The core settings that the cache depends on. */
export type CacheSetting = 'appData' | 'readOnlyAppData' | 'resetAppData';

/** What decides where the cache is and what may be done with it. */
export interface CacheSettings {
  readonly settings: Pick<CoreSettings, CacheSetting>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly warn: Warn;
}

/** The directory that the settings name, else the user's own; `undefined` for a user without a home. */
export function configuredCacheDirectory({ settings, env }: Omit<CacheSettings, 'warn'>): string | undefined {
  const override = env.VIVARIUM_OVERRIDE_APP_DATA || env.VIRTUALENV_OVERRIDE_APP_DATA;
  return settings.appData ?? (override || defaultCacheDirectory(env));
}

/**
 * Opens the cache that the settings name, after emptying it if they say so.
 *
 * @throws VivariumError `CACHE_READ_ONLY` (exit code 2) when it is to be emptied and not to be written
 */
export function openConfiguredCache(request: CacheSettings): Cache {
  const { settings, warn } = request;
  const configured = configuredCacheDirectory(request);
  const reason = configured === undefined ? 'there is no home directory' : whyNotOurs(configured, request);
  if (reason !== undefined)
    warn(`${reason}, so caching is disabled for this run (use --app-data to choose a directory)`, 'CACHE_NOT_USED');
  const directory = reason === undefined ? configured : undefined;
  if (settings.resetAppData) {
    if (settings.readOnlyAppData) throw contradiction();
    if (directory !== undefined) cleanCache(directory);
  }
  return openCache({ directory, isReadOnly: settings.readOnlyAppData, warn });
}

// As root with another user's HOME (`sudo -E`): what root makes there, that user can't write.
function whyNotOurs(directory: string, request: Omit<CacheSettings, 'warn'>): string | undefined {
  if (directory !== defaultCacheDirectory(request.env) || process.getuid?.() !== 0 || existsSync(directory))
    return undefined;
  let above = dirname(directory);
  while (!existsSync(above)) above = dirname(above);
  return statSync(above).uid === 0 ? undefined : `${above} belongs to another user`;
}

function contradiction(): VivariumError {
  return new VivariumError(
    'CACHE_READ_ONLY',
    '--reset-app-data empties the cache, and --read-only-app-data forbids it',
    {
      hint: 'Leave one of the two out.',
    },
  );
}
