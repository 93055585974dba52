import {
  type Activator,
  type Context,
  type CoreSettings,
  type Creator,
  coreOptions,
  defineCreator,
  type Interpreter,
  type Options,
  type Plan,
  planEnvironment,
  type Seeder,
  type Settings,
} from '@vivarium/core/host';
import { settingsOf } from './workplace.ts';

/** What an environment is to be, and who takes part. */
export interface PlanRequest {
  readonly destination: string;
  readonly interpreter: Interpreter;
  readonly context: Context;
  readonly creator?: Creator;
  readonly seeder?: Seeder;
  readonly activators?: readonly Activator[];
  /** Of the one plugin that is tested. */
  readonly settings?: Settings<Options>;
  readonly core?: Partial<CoreSettings>;
}

/** Plans an environment as the command does: what plugins answer is checked on the way. */
export function planRequest(request: PlanRequest): Promise<Plan> {
  return planEnvironment({
    destination: request.destination,
    interpreter: request.interpreter,
    creators: [request.creator ?? plainCreator],
    ...(request.seeder === undefined ? {} : { seeder: request.seeder }),
    activators: request.activators ?? [],
    settings: { ...settingsOf(coreOptions), ...request.core },
    pluginSettings: () => request.settings ?? {},
    context: request.context,
    tool: { name: 'vivarium', version: '0.0.0' },
  });
}

/** As little as creates an environment of a CPython (PEP 405), for testing plugins of the other kinds. */
const plainCreator = defineCreator({
  kind: 'creator',
  name: 'plain',
  title: 'Plain',
  supports: () => true,
  plan({ interpreter: { scheme, systemExecutable } }) {
    const executable = `${scheme.scripts}/python`;
    return {
      layout: { ...scheme, executable },
      steps: [
        { kind: 'directory', path: scheme.scripts },
        { kind: 'directory', path: scheme.purelib },
        { kind: 'symlink', path: executable, target: systemExecutable },
      ],
    };
  },
});
