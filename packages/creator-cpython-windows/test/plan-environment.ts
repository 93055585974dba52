import { tmpdir } from 'node:os';
import {
  type CoreSettings,
  coreOptions,
  type Interpreter,
  openCache,
  type Plan,
  planEnvironment,
} from '@vivarium/core';
import creator from '@vivarium/creator-cpython-windows';

const DEFAULTS = Object.fromEntries(
  Object.entries(coreOptions).map(([name, option]) => [name, 'default' in option ? option.default : undefined]),
) as unknown as CoreSettings;

/** The whole plan of an environment at `C:\\env`, without seed packages and activation scripts. */
export function planAt(interpreter: Interpreter, destination = 'C:\\env'): Promise<Plan> {
  return planEnvironment({
    destination,
    interpreter,
    creators: [creator],
    activators: [],
    settings: DEFAULTS,
    pluginSettings: () => ({}),
    context: {
      env: {},
      workingFolder: tmpdir(),
      cache: openCache({ folder: tmpdir(), isReadOnly: true }),
      signal: new AbortController().signal,
      notice: () => undefined,
      trace: () => undefined,
    },
    tool: { name: 'vivarium', version: '0.0.0' },
  });
}
