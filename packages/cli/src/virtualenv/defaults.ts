import { join, parse } from 'node:path';
import type { ConfigTable } from '@vivarium/core/host';

/**
 * What virtualenv does unless it is told otherwise, as the weakest table of settings: it writes into a directory that
 * has other things in it too, and, started by a Python (`python -m virtualenv`), takes that one.
 */
export function defaultsTable(env: Readonly<Record<string, string | undefined>>): ConfigTable {
  const host = env.VIVARIUM_HOST_PYTHON;
  return {
    path: join(parse(process.execPath).root, 'the defaults of virtualenv'),
    prefix: '',
    values: { 'allow-existing': true, ...(host ? { python: [host], 'try-first-with': [host] } : {}) },
    isShared: true,
  };
}
