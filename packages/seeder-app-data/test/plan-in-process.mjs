// Plans in a process of its own: node plan-in-process.mjs JSON
import { openCache } from '@vivarium/core/host';
import { askSeeder } from './ask-seeder.ts';

const { environment, settings, cache: directory } = JSON.parse(process.argv[2] ?? '');
const cache = openCache({ directory });
const { steps, packages } = await askSeeder(environment, settings, {
  env: process.env,
  cwd: '/',
  cache,
  signal: new AbortController().signal,
  warn: (message) => console.error(message),
  debug() {},
});
console.log(JSON.stringify({ steps: steps.length, packages: packages.map(({ name }) => name) }));
