import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The version of this package. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}

/** Where this package is installed: the file that runs. */
export function packageLocation(): string {
  return fileURLToPath(import.meta.url);
}
