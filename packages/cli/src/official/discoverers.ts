// Written by scripts/reference.mjs from the `devDependencies` of the command.
import builtin from '@vivarium/discovery';

/** In the order in which they are asked and listed. */
export const discoverers = {
  builtin,
};
