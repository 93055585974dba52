import type { LockOrigin } from './lock.ts';
import type { Path } from './path.ts';
import { logicalLines } from './requirements/lines.ts';
import { visitToml } from './toml-lines.ts';

/**
 * The line, from 1, of a place in the text that a lock was read from; for what is missing, that of the nearest place
 * around it. It reads the text once more, which only errors and warnings ask for.
 */
export function locate({ format, text }: LockOrigin, path: Path): number {
  return format === 'pylock' ? lineInToml(text, path) : lineOfRequirement(text, path);
}

function lineInToml(text: string, path: Path): number {
  let best = { length: 0, line: 1 };
  visitToml(text, (found, line) => {
    if (found.length <= best.length || found.length > path.length) return;
    if (found.every((part, index) => part === path[index])) best = { length: found.length, line };
  });
  return best.line;
}

// Requirements have no structure but their order. The reader names lines itself; what is asked for later is a package.
function lineOfRequirement(text: string, [collection, index]: Path): number {
  if (collection !== 'packages' || typeof index !== 'number') return 1;
  return logicalLines(text).filter((line) => !line.text.startsWith('-'))[index]?.line ?? 1;
}
