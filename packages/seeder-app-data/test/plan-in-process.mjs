// Plans in a process of its own: node plan-in-process.mjs JSON
import { openCache } from '@vivarium/core';
import seeder from '@vivarium/seeder-app-data';

const { environment, settings, cache: folder } = JSON.parse(process.argv[2]);
const cache = openCache({ folder });
const { steps, packages } = await seeder.plan(environment, settings, {
  env: process.env,
  workingFolder: '/',
  cache,
  signal: new AbortController().signal,
  notice: (message) => console.error(message),
  trace() {},
});
console.log(JSON.stringify({ steps: steps.length, packages: packages.map(({ name }) => name) }));
