import type { Creator } from '../creator.ts';
import { VivariumError } from '../error.ts';
import { formatVersion, type Interpreter } from '../interpreter.ts';
import { callPlugin } from './call-plugin.ts';
import { checkSupport } from './check-answers.ts';

/**
 * The first creator that supports the interpreter.
 *
 * @throws VivariumError `CREATOR_NOT_FOUND`, with each creator's reason
 */
export async function chooseCreator(creators: readonly Creator[], interpreter: Interpreter): Promise<Creator> {
  const reasons: string[] = [];
  for (const creator of creators) {
    const support = await callPlugin(creator, 'say whether it supports the interpreter', () =>
      checkSupport(creator, creator.supports(interpreter)),
    );
    if (support === true) return creator;
    reasons.push(`${creator.name}: ${support.reason}`);
  }
  const python = `${interpreter.implementation} ${formatVersion(interpreter.version)} at ${interpreter.executable}`;
  throw new VivariumError(
    'CREATOR_NOT_FOUND',
    `No creator can create an environment for ${python} (${reasons.join('; ')})`,
    {
      hint:
        creators.length === 1
          ? 'Leave --creator out to have the first one that can.'
          : 'Choose another interpreter with -p.',
    },
  );
}
