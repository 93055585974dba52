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
export interface Wish {
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
export function planWish(wish: Wish): Promise<Plan> {
  return planEnvironment({
    destination: wish.destination,
    interpreter: wish.interpreter,
    creators: [wish.creator ?? plainCreator],
    ...(wish.seeder === undefined ? {} : { seeder: wish.seeder }),
    activators: wish.activators ?? [],
    settings: { ...settingsOf(coreOptions), ...wish.core },
    pluginSettings: () => wish.settings ?? {},
    context: wish.context,
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
