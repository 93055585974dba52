import builtin from '@vivarium/discovery';

export const discoverers = { builtin };
