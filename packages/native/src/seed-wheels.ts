import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import lock from '../../seed-wheels/wheels.lock.json' with { type: 'json' };

/** What `@vivarium/seed-wheels` exports: its lock file is inside of the executable, its wheels lie beside it. */
export const lockedWheels = lock.wheels;

export const wheelsFolder: string = folder();

function folder(): string {
  const besideMe = join(dirname(process.execPath), '..', 'wheels');
  try {
    return join(dirname(createRequire(process.execPath).resolve('@vivarium/seed-wheels/package.json')), 'wheels');
  } catch {
    // Copied somewhere alone: whoever uses the folder looks whether a wheel is there.
    return besideMe;
  }
}
