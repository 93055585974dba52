import { WheelError } from '@vivarium/wheel-supply/reading';

/** Whether a file of this name is one that every environment has for itself. */
export function isTaken(name: string): boolean {
  return TAKEN.test(name.replace(/\.exe$/i, ''));
}

// The interpreter's own names and those of the activation scripts, on file systems that ignore case as well.
const TAKEN =
  /^(python|pythonw|pypy|pypyw|graalpy|rustpython)[\d.]*[td]?$|^(activate|deactivate)(\.|$)|^activate_this\.py$/i;

/**
 * Refuses the name of a command that is no plain file name or that is one of the environment's own.
 *
 * @throws WheelError
 */
export function checkScriptName(name: string): void {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u.test(name))
    throw new WheelError(`its command \`${name}\` has no usable name`);
  if (isTaken(name)) {
    throw new WheelError(`its command \`${name}\` would replace one of the environment's own`);
  }
}
