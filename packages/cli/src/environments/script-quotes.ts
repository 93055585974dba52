import type { Activator } from '@vivarium/core/host';
import { activators } from '../official/activators.ts';

/** How each activation script quotes, by its file name. */
export function scriptQuotes(): Readonly<Record<string, (text: string) => string>> {
  return Object.fromEntries(
    Object.values<Activator>(activators).flatMap(({ activationCommand: way }) =>
      way?.quote === undefined ? [] : [[way.script, way.quote] as const],
    ),
  );
}
