import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { EnvironmentOptions } from 'vivarium';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import type { Sample } from '../measure/sample.ts';

/** How long calls of the library hold the event loop of their host at a time. */
export const eventLoop: Case = {
  name: 'event-loop',
  title: 'The longest time that a call of the library holds the event loop',
  measures: ['held', 'cpu'],
  contenders: async (lab) => {
    const { createEnvironment, ensureEnvironment }: typeof import('vivarium') = await import(
      pathToFileURL(join(lab.vivarium.dist, 'index.js')).href
    );
    const warm = join(lab.directory, 'event-loop-cache');
    const whole = lab.newPath();
    const base = { python: lab.python, env: lab.env, pluginSettings: { compileSeeds: 'never' } } as const;
    await ensureEnvironment({ ...base, destination: whole, appData: warm });
    const create = (options: Partial<EnvironmentOptions>) => async () => {
      const destination = lab.newPath();
      await createEnvironment({ ...base, destination, appData: warm, ...options });
      return destination;
    };
    return [
      held('an idle event loop', lab, () => new Promise((resolve) => setTimeout(resolve, 100, undefined))),
      held('createEnvironment(), warm', lab, create({})),
      held('createEnvironment(), copies', lab, create({ pluginSettings: { linkMode: 'copy' } })),
      held('createEnvironment(), empty cache', lab, () => create({ appData: lab.newPath() })()),
      held('createEnvironment() over one', lab, async () => {
        const destination = await create({})();
        await createEnvironment({ ...base, destination, appData: warm });
        return destination;
      }),
      held('createEnvironment() with clear', lab, async () => {
        const destination = await create({})();
        await createEnvironment({ ...base, destination, appData: warm, clear: true });
        return destination;
      }),
      held('ensureEnvironment(), unchanged', lab, async () => {
        await ensureEnvironment({ ...base, destination: whole, appData: warm });
        return undefined;
      }),
    ];
  },
};

function held(name: string, lab: Lab, work: () => Promise<string | undefined>): Contender {
  return {
    name,
    measure: async (): Promise<Sample> => {
      const delays = monitorEventLoopDelay({ resolution: 1 });
      // The work of others, and of the garbage collector, is not this call's.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const usedBefore = process.cpuUsage();
      delays.enable();
      const destination = await work();
      // What was held until the end counts when the timer comes to its turn.
      await new Promise((resolve) => setTimeout(resolve, 5));
      delays.disable();
      const used = process.cpuUsage(usedBefore);
      if (destination !== undefined) lab.remove(destination);
      return { held: delays.max / 1e6, cpu: (used.user + used.system) / 1000 };
    },
  };
}
