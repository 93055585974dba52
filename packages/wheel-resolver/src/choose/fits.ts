import type { Interpreter } from '@vivarium/core/plugin';
import type { WheelFileName } from '../find/wheel-file-name.ts';
import { isAdmitted } from './versions.ts';

/**
 * Whether the tags of a wheel are for an interpreter. Only wheels without compiled parts are (`none-any`): a seed has
 * to be usable from any directory that it is found in, and which compiled ones a system takes is for pip to say.
 */
export function fitsTags(wheel: WheelFileName, interpreter: Interpreter): boolean {
  if (!wheel.abiTags.includes('none') || !wheel.platformTags.includes('any')) return false;
  return wheel.pythonTags.some((tag) => fitsPythonTag(tag, interpreter));
}

/** Whether a `Requires-Python` admits an interpreter. A wheel that has none admits all. */
export function fitsPython(requiresPython: string, { version }: Interpreter): boolean {
  // As pip does, a pre-release counts as the release that it is on its way to.
  return requiresPython === '' || isAdmitted([version.major, version.minor, version.micro], requiresPython);
}

// `py3` is for every 3.x, `py37` and `cp37` for 3.7 and what comes after it: such a wheel has no compiled parts.
function fitsPythonTag(tag: string, { implementation, version }: Interpreter): boolean {
  const match = /^(py|cp)(\d)(\d*)$/.exec(tag);
  if (match === null || Number(match[2]) !== version.major) return false;
  if (match[1] === 'cp' && implementation !== 'CPython') return false;
  if (match[3] === '') return true;
  return match[1] === 'py' ? Number(match[3]) <= version.minor : Number(match[3]) === version.minor;
}
