import { type Creation, type CreationRequest, type Layout, VivariumError } from '@vivarium/core/plugin';
import { executableNames, planDirectories, planDistutilsHook, planExecutables } from '@vivarium/environment-layout';

/** The program that environments link to, and whose it is. */
export interface Base {
  /** Absolute. */
  readonly source: string;
  readonly owner: string;
}

/**
 * Plans an environment of a framework build. Its executable loads the framework from a place that it knows relative to
 * itself, and its signature covers that, so it is linked and never copied.
 *
 * @throws VivariumError `COPIES_NOT_SUPPORTED` (exit code 2)
 */
export function planLinks(request: CreationRequest, { source, owner }: Base): Creation {
  const { interpreter, executables } = request;
  const { scheme } = interpreter;
  if (executables === 'copy') {
    throw new VivariumError(
      'COPIES_NOT_SUPPORTED',
      `The Python of ${owner} at ${interpreter.basePrefix} can't be copied`,
      {
        hint: 'It works only inside its framework. Leave --copies out.',
      },
    );
  }
  const layout: Layout = { ...scheme, executable: `${scheme.scripts}/python` };
  const names = executableNames(interpreter);
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...planExecutables({ names, scripts: scheme.scripts, source, executables, mayCopy: false }),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
  };
}
