import { VivariumError } from '../error.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import { type Cache, openCache } from './cache.ts';
import { defaultCacheFolder } from './default-folder.ts';
import { cleanCache } from './empty.ts';

/** What decides where the cache is and what may be done with it. */
export interface CacheSettings {
  readonly settings: Pick<CoreSettings, 'appData' | 'readOnlyAppData' | 'resetAppData'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly notice: (message: string) => void;
}

/** The folder that the settings name, else the user's own; `undefined` for a user without a home. */
export function configuredCacheFolder({ settings, env }: Omit<CacheSettings, 'notice'>): string | undefined {
  const override = env.VIVARIUM_OVERRIDE_APP_DATA || env.VIRTUALENV_OVERRIDE_APP_DATA;
  return settings.appData ?? (override || defaultCacheFolder(env));
}

/**
 * Opens the cache that the settings name, after emptying it if they say so.
 *
 * @throws VivariumError `CACHE_READ_ONLY` (exit code 2) when it is to be emptied and not to be written
 */
export function openConfiguredCache(request: CacheSettings): Cache {
  const { settings, notice } = request;
  const folder = configuredCacheFolder(request);
  if (folder === undefined)
    notice('there is no home folder, so what this run learns is not kept (--app-data names a place)');
  if (settings.resetAppData) {
    if (settings.readOnlyAppData) throw contradiction();
    if (folder !== undefined) cleanCache(folder);
  }
  return openCache({ folder, isReadOnly: settings.readOnlyAppData, notice });
}

function contradiction(): VivariumError {
  return new VivariumError(
    'CACHE_READ_ONLY',
    '--reset-app-data empties the cache, and --read-only-app-data forbids it',
    {
      exitCode: 2,
      hint: 'Leave one of the two out.',
    },
  );
}
