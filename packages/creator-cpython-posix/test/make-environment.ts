import { join } from 'node:path';
import {
  applyPlan,
  type Context,
  type CoreSettings,
  type Creator,
  coreOptions,
  type Interpreter,
  openCache,
  planEnvironment,
} from '@vivarium/core';
import { probeInterpreter } from '@vivarium/discovery';

const DEFAULTS = Object.fromEntries(
  Object.entries(coreOptions).map(([name, option]) => [name, 'default' in option ? option.default : undefined]),
) as unknown as CoreSettings;

/** What {@link makeEnvironment} makes. */
export interface Wish {
  readonly creator: Creator;
  readonly interpreter: Interpreter;
  readonly destination: string;
  readonly copies?: boolean;
  readonly systemSitePackages?: boolean;
}

/** A run's context whose cache lies in a folder of the test's own. */
function contextIn(folder: string): Context {
  return {
    env: process.env,
    workingFolder: folder,
    cache: openCache({ folder: join(folder, 'cache') }),
    signal: new AbortController().signal,
    notice: () => undefined,
    trace: () => undefined,
  };
}

export function probe(python: string, folder: string): Promise<Interpreter> {
  return probeInterpreter(python, contextIn(folder));
}

/** Plans and applies an environment without seed packages and activation scripts. */
export async function makeEnvironment({ creator, interpreter, destination, ...wish }: Wish): Promise<void> {
  const plan = await planEnvironment({
    destination,
    interpreter,
    creators: [creator],
    activators: [],
    settings: { ...DEFAULTS, systemSitePackages: wish.systemSitePackages ?? false, copies: wish.copies ?? false },
    pluginSettings: () => ({}),
    context: contextIn(destination),
    tool: { name: 'vivarium', version: '0.0.0' },
  });
  await applyPlan(plan);
}
