import { realpathSync } from 'node:fs';
import manifest from '../package.json' with { type: 'json' };

/** The version of this package. */
export function packageVersion(): string {
  return manifest.version;
}

/** Where the command is installed: the file that runs. */
export function packageLocation(): string {
  return realpathSync(process.argv[1] ?? process.execPath);
}
