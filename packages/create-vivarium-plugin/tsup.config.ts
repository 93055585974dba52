import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.ts';

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(new URL(`../${name}/package.json`, import.meta.url), 'utf8')).version;

export default defineConfig({
  ...preset,
  entry: ['src/bin.ts', 'src/index.ts'],
  // One package with everything in it: it is fetched to be run once.
  noExternal: [/./],
  // What a new plugin asks for are the releases next to which this one was built.
  define: { CORE_VERSION: JSON.stringify(versionOf('core')), TESTKIT_VERSION: JSON.stringify(versionOf('testkit')) },
  dts: { entry: 'src/index.ts', compilerOptions: { paths: { '@vivarium/core/*': ['../core/src/entries/*.ts'] } } },
});
