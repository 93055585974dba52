import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A Python that is on this machine. */
export interface Python {
  /** `3.12.1`, or `system` for the distribution's own. */
  readonly name: string;
  readonly executable: string;
}

/** The CPython 3 of the version manager's folder, oldest first, and the distribution's own. */
export function pythonsHere(): readonly Python[] {
  const root = process.env.PYENV_ROOT;
  const managed = list(root === undefined ? '' : join(root, 'versions'))
    .filter((name) => /^3\.\d+\.\d+$/.test(name))
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .map((name) => ({ name, executable: join(root ?? '', 'versions', name, 'bin/python') }));
  return [...managed, { name: 'system', executable: '/usr/bin/python3' }].filter(({ executable }) =>
    isExecutable(executable),
  );
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
