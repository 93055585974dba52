import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Activator, Environment } from '@vivarium/core/host';
import { anyPython } from './pythons.ts';

/**
 * Puts an environment's scripts, a Python and `pyvenv.cfg` in place.
 *
 * @param directory - where it really is, if that isn't the place that its scripts are told
 * @returns the path of the script that activates it
 */
export function writeEnvironment(
  activator: Activator,
  environment: Environment,
  directory: string = environment.destination,
): string {
  const scripts = join(directory, environment.layout.scripts);
  mkdirSync(scripts, { recursive: true });
  symlinkSync(anyPython().executable, join(scripts, 'python'));
  writeFileSync(join(directory, 'pyvenv.cfg'), 'home = /usr/bin\n');
  for (const { name, contents } of activator.scripts(environment, {})) writeFileSync(join(scripts, name), contents);
  return join(scripts, activatingScript(activator, environment).name);
}

/** The text of the script that activates. */
export function scriptOf(activator: Activator, environment: Environment): string {
  return activatingScript(activator, environment).contents;
}

function activatingScript(activator: Activator, environment: Environment): ReturnType<Activator['scripts']>[number] {
  const scripts = activator.scripts(environment, {});
  const { script: name } = activator.activationCommand ?? {};
  const found = scripts.length === 1 ? scripts[0] : scripts.find((script) => script.name === name);
  if (found === undefined) throw new Error(`${activator.name} writes no script that activates`);
  return found;
}
