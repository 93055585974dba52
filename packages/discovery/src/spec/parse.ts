import { invalidSpec, readSpec } from '@vivarium/core/internal';
import type { Spec } from '@vivarium/core/plugin';
import { isRange } from './range.ts';

/**
 * Takes apart what a user gives with `-p`: `readSpec` of `@vivarium/core`, and what it leaves open, whether PEP 440 knows
 * the range.
 *
 * @throws VivariumError `SPEC_INVALID` (exit code 2)
 */
export function parseSpec(text: string): Spec {
  const spec = readSpec(text);
  if (spec.kind === 'version' && spec.range !== undefined && !isRange(spec.range)) {
    throw invalidSpec(text, 'what follows the operator is not a PEP 440 version');
  }
  return spec;
}
