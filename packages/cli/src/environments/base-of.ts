import type { Context, Interpreter } from '@vivarium/core/host';
import { probeInterpreter } from '@vivarium/discovery';
import type { Inspection } from '@vivarium/environments';

/** The Python that an environment is based on: from the cache, if it did not change since it was asked. */
export async function baseOf({ recorded, python }: Inspection, context: Context): Promise<Interpreter | undefined> {
  for (const executable of new Set([recorded.executable, python.realExecutable, python.executable])) {
    if (executable === undefined) continue;
    try {
      return await probeInterpreter(executable, context, 'the base of the environment');
    } catch (error) {
      context.signal.throwIfAborted();
      context.debug(`${executable} is not asked: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return undefined;
}
