import bash from '@vivarium/activator-bash';
import python from '@vivarium/activator-python';

/** In the order in which the report names them. */
export const activators = { bash, python };
