import type { CoreSettings } from '@vivarium/core/host';

/** Whether settings name a list of packages. */
export function namesPackages({
  lock,
  requirements,
  with: specs,
}: Pick<CoreSettings, 'lock' | 'requirements' | 'with'>): boolean {
  return lock !== undefined || requirements !== undefined || specs !== undefined;
}
