import { type CoreSettings, type DecidePackages, VivariumError } from '@vivarium/core/host';
import type { PackageSetting } from '../create/request.ts';
import { decideFromRequirements } from './decide-requirements.ts';
import { assertLockName } from './lock-file.ts';

/**
 * The packages of the requirements that settings name.
 *
 * @throws VivariumError `REQUIREMENTS_EMPTY`, `LOCK_NAME_INVALID`, `PACKAGES_NOT_CLEAR` (exit code 2)
 */
export function decideRequested(
  settings: Pick<CoreSettings, PackageSetting>,
  { dryRun }: { readonly dryRun: boolean },
): DecidePackages {
  const { requirements = [], with: specs = [], resolver, allowBuild, writeLock, exact } = settings;
  assertClear(settings);
  if (writeLock !== undefined) assertLockName(writeLock, '--write-lock');
  if (requirements.length + specs.length === 0) {
    throw new VivariumError(
      'REQUIREMENTS_EMPTY',
      '--write-lock writes what requirements are resolved to, and there are none',
      {
        source: '--write-lock',
        hint: 'Name a requirements file with -r, or a requirement with --with.',
      },
    );
  }
  return decideFromRequirements({
    resolver,
    files: requirements,
    specs,
    allowBuild,
    isExact: exact,
    writeTo: dryRun ? undefined : writeLock,
  });
}

/**
 * Refuses settings that contradict requirements.
 *
 * @throws VivariumError `PACKAGES_NOT_CLEAR` (exit code 2)
 */
export function assertClear({ lock, offline }: Pick<CoreSettings, 'lock' | 'offline'>): void {
  if (lock !== undefined) {
    throw contradiction('--lock says what is installed, and requirements would say it too', 'Leave one of them out.');
  }
  if (offline) {
    throw contradiction(
      '--offline forbids what a resolver does',
      'Write a lock with `vivarium lock`, and install that.',
    );
  }
}

/** @throws VivariumError `PACKAGES_NOT_CLEAR` (exit code 2): no list says which packages stay */
export function refuseExact(): never {
  throw contradiction('--exact removes what is not in a lock, and there is none', 'Name a lock with --lock.');
}

function contradiction(message: string, hint: string): VivariumError {
  return new VivariumError('PACKAGES_NOT_CLEAR', message, { hint });
}
