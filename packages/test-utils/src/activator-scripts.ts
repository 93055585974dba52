import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Activator, Environment } from '@vivarium/core/host';
import { anyPython } from './pythons.ts';

/**
 * Puts an environment's script, a Python and `pyvenv.cfg` in place.
 *
 * @param directory - where it really is, if that isn't the place that its script is told
 * @returns the path of the script
 */
export function writeEnvironment(
  activator: Activator,
  environment: Environment,
  directory: string = environment.destination,
): string {
  const scripts = join(directory, environment.layout.scripts);
  const { name, contents } = onlyScript(activator, environment);
  mkdirSync(scripts, { recursive: true });
  symlinkSync(anyPython().executable, join(scripts, 'python'));
  writeFileSync(join(directory, 'pyvenv.cfg'), 'home = /usr/bin\n');
  writeFileSync(join(scripts, name), contents);
  return join(scripts, name);
}

/** The text of the one script that the activator writes. */
export function scriptOf(activator: Activator, environment: Environment): string {
  return onlyScript(activator, environment).contents;
}

function onlyScript(activator: Activator, environment: Environment): ReturnType<Activator['scripts']>[number] {
  const [script, ...others] = activator.scripts(environment, {});
  if (script === undefined || others.length > 0) throw new Error(`${activator.name} doesn't write just one script`);
  return script;
}
