import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20',
  dts: true,
  clean: true,
  // The script is in a file of its own language and is bundled as text.
  loader: { '.sh': 'text' },
});
