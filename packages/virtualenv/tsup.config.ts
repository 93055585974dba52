import { defineConfig } from 'tsup';
import { nodeCheck, OLDEST_SYNTAX } from '../../tsup.node-check.ts';
import { preset } from '../../tsup.preset.ts';
import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  ...preset,
  target: OLDEST_SYNTAX,
  banner: { js: nodeCheck('virtualenv', manifest.engines.node) },
  entry: ['src/bin.ts'],
  format: 'cjs',
  dts: false,
});
