import type { PythonVersion } from '@vivarium/core/host';

/**
 * The months after which the Python project mends nothing more in a line of CPython, by the release calendar of the
 * Python developer's guide.
 */
const END_OF_LIFE: Readonly<Record<string, string>> = {
  '3.9': '2025-10',
  '3.10': '2026-10',
  '3.11': '2027-10',
  '3.12': '2028-10',
  '3.13': '2029-10',
  '3.14': '2030-10',
  '3.15': '2031-10',
};

/** Whether a version gets no security fixes any more. */
export function isPastEndOfLife({ major, minor }: PythonVersion, now: Date): boolean {
  if (major < 3 || (major === 3 && minor < 9)) return true;
  const last = END_OF_LIFE[`${major}.${minor}`];
  return last !== undefined && now.toISOString().slice(0, 7) > last;
}
