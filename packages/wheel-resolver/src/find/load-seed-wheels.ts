import { VivariumError } from '@vivarium/core/plugin';

const PACKAGE = '@vivarium/seed-wheels';

/**
 * Loads the lock file of the seed wheels. It is loaded on demand, since a run that installs no packages needs none.
 *
 * @throws VivariumError `SEED_WHEELS_NOT_INSTALLED` when the package is not installed
 */
export async function loadSeedWheels(): Promise<typeof import('@vivarium/seed-wheels')> {
  try {
    return await import('@vivarium/seed-wheels');
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    throw new VivariumError('SEED_WHEELS_NOT_INSTALLED', `The package ${PACKAGE} is not installed`, {
      cause: error,
      hint: `It is a dependency of vivarium, so the installation is incomplete: install vivarium again, or add ${PACKAGE}.`,
    });
  }
}

// The package itself is missing, as opposed to something that it needs. `require` and `import` have a code each.
function isNotInstalled(error: unknown): boolean {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return isMissing && message.includes(`'${PACKAGE}'`);
}
