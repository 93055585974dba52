import type { Environment, OtherPackages, Pause } from '@vivarium/core/host';
import { inSlices, readReceipt } from '@vivarium/core/internal';
import { planOthers } from '@vivarium/wheel-resolver/reading';

/** What decides which packages of an existing environment go. */
export interface OthersRequest {
  /** The names of all that is installed now. */
  readonly installed: ReadonlySet<string>;
  /** Packages go that no list has installed. */
  readonly isExact: boolean;
  readonly pause?: Pause | undefined;
}

/** What becomes of packages that are not installed again: those that a list has installed go, the others stay. */
export function lookAtOthers(
  environment: Environment,
  { installed, isExact, pause }: OthersRequest,
): Promise<OtherPackages> {
  const listed = new Set(listedBefore(environment.destination));
  return inSlices(
    planOthers(environment, installed, (name) => isExact || listed.has(name)),
    pause,
  );
}

/** The names of the packages that a list has installed into an environment. */
export function listedBefore(destination: string): readonly string[] {
  return readReceipt(destination)?.packages.flatMap(({ name, isListed }) => (isListed ? [name] : [])) ?? [];
}
