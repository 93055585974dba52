import { isOwnName } from '@vivarium/core/internal';
import { WheelError } from '@vivarium/wheel-resolver/reading';

/**
 * Refuses the name of a command that is not a plain file name or that is one of the environment's own.
 *
 * @throws WheelError
 */
export function checkScriptName(name: string): void {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u.test(name))
    throw new WheelError(`its command \`${name}\` has no usable name`);
  if (isOwnName(name)) {
    throw new WheelError(`its command \`${name}\` would replace one of the environment's own`);
  }
}
