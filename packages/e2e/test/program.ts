import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a program lies that is found on `PATH`. */
export function findProgram(name: string): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name));
  return places.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Nushell: on `PATH`, or as a package. */
export function findNushell(): string | undefined {
  const installed = new URL('../node_modules/@nushell/linux-x64/bin/nu', import.meta.url);
  return findProgram('nu') ?? (existsSync(installed) ? fileURLToPath(installed) : undefined);
}
