import {
  applyPlan,
  type Context,
  type CoreSettings,
  type Creator,
  coreOptions,
  type Interpreter,
  openCache,
  type Plan,
  planEnvironment,
} from '@vivarium/core/host';
import { probeInterpreter } from '@vivarium/discovery';

const DEFAULTS = Object.fromEntries(
  Object.entries(coreOptions).map(([name, option]) => [name, 'default' in option ? option.default : undefined]),
) as unknown as CoreSettings;

/** What {@link makeEnvironment} makes. */
export interface EnvironmentRequest {
  readonly creator: Creator;
  readonly interpreter: Interpreter;
  readonly destination: string;
  readonly copies?: boolean;
  readonly systemSitePackages?: boolean;
}

/** Plans and creates an environment without seed packages and activation scripts. */
export async function makeEnvironment(request: EnvironmentRequest): Promise<void> {
  await applyPlan(await planFor(request));
}

/** The plan of it. */
export function planFor({ creator, interpreter, destination, ...request }: EnvironmentRequest): Promise<Plan> {
  return planEnvironment({
    destination,
    interpreter,
    creators: [creator],
    activators: [],
    settings: { ...DEFAULTS, systemSitePackages: request.systemSitePackages ?? false, copies: request.copies ?? false },
    pluginSettings: () => ({}),
    context: context(),
    tool: { name: 'vivarium', version: '0.0.0' },
  });
}

/** Asks a Python what it is. */
export function probe(executable: string): Promise<Interpreter> {
  return probeInterpreter(executable, context());
}

/** A run's context with a cache that holds nothing. */
function context(): Context {
  return {
    // The virtual machines that some Pythons run on start slowly.
    env: { ...process.env, VIVARIUM_DISCOVERY_TIMEOUT: '120' },
    cwd: process.cwd(),
    cache: openCache({ directory: undefined }),
    signal: new AbortController().signal,
    warn: () => undefined,
    debug: () => undefined,
  };
}
