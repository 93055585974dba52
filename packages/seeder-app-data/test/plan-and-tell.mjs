// Plans in a process of its own, and prints whether the wheels were accepted: node plan-and-tell.mjs JSON
import { openCache } from '@vivarium/core/host';
import { askSeeder } from './ask-seeder.ts';

const { interpreter, settings, cache } = JSON.parse(process.argv[2] ?? '');
const environment = {
  destination: '/nowhere/env',
  interpreter,
  layout: { ...interpreter.scheme, executable: 'bin/python' },
};
const context = {
  env: {},
  cwd: '/',
  cache: openCache({ directory: cache }),
  signal: new AbortController().signal,
  warn() {},
  debug() {},
};
try {
  await askSeeder(environment, settings, context);
  console.log('accepted');
} catch (error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  console.log(`${code}: ${message}`);
}
