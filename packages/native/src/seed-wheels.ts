import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import lock from '../../seed-wheels/wheels.lock.json' with { type: 'json' };

/** What `@vivarium/seed-wheels` exports: its lock file is inside of the executable, its wheels are next to it. */
export const lockedWheels = lock.wheels;

export const wheelsDirectory: string = directory();

function directory(): string {
  const neighbor = join(dirname(process.execPath), '..', 'wheels');
  try {
    return join(dirname(createRequire(process.execPath).resolve('@vivarium/seed-wheels/package.json')), 'wheels');
  } catch {
    // Copied somewhere alone: anyone who uses the directory looks whether a wheel is there.
    return neighbor;
  }
}
