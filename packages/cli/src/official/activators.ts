import bash from '@vivarium/activator-bash';

/** In the order in which the report names them. */
export const activators = { bash };
