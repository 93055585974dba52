// Written by scripts/reference.mjs from the `devDependencies` of the command.
import standalone from '@vivarium/discoverer-standalone';
import builtin from '@vivarium/discovery';

/** In the order in which they are asked and listed. */
export const discoverers = {
  builtin,
  standalone,
};
