import { pep440 } from './pep440.ts';

/** Whether two texts are the same version as PEP 440 compares them; texts that are none have to be equal. */
export function isSameVersion(a: string, b: string): boolean {
  if (a === b) return true;
  const { valid, compare } = pep440();
  return valid(a) !== null && valid(b) !== null && compare(a, b) === 0;
}
