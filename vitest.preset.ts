import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ViteUserConfig } from 'vitest/config';
import { isText, textOf } from './text-files.ts';
import { FileReporter } from './vitest.report.ts';

/**
 * How every package is tested. Tests import packages by their names, and get their sources and not what was built of
 * them, so that a change is seen at once.
 */
export const preset = {
  plugins: [
    {
      name: 'text-files',
      enforce: 'pre',
      load: (id) => (isText(id) ? `export default ${JSON.stringify(textOf(id))};` : undefined),
    },
  ],
  resolve: { alias: aliases() },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
    reporters: ['default', new FileReporter()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most tests wait for an interpreter or a shell, so that two go side by side on two cores as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
} satisfies ViteUserConfig;

/** The sources of our packages by the names they are imported by, as the type checker finds them. */
function aliases(): readonly { readonly find: RegExp; readonly replacement: string }[] {
  const configuration = JSON.parse(readFileSync(new URL('tsconfig.base.json', import.meta.url), 'utf8'));
  const paths: Readonly<Record<string, readonly [string]>> = configuration.compilerOptions.paths;
  return Object.entries(paths).map(([name, [path]]) => ({
    find: new RegExp(`^${name.replace('*', '([^/.]+)')}$`),
    replacement: fileURLToPath(new URL(path, import.meta.url)).replace('*', '$1'),
  }));
}
