import {
  type Creation,
  type CreationRequest,
  type Layout,
  pathsOf,
  type Step,
  VivariumError,
} from '@vivarium/core/plugin';
import { executableNames, planDirectories, planDistutilsHook, planExecutables } from '@vivarium/environment-layout';
import { homeOf } from './home.ts';
import { filesOf } from './libraries.ts';

/**
 * Plans an environment of GraalPy on Linux or macOS.
 *
 * @throws VivariumError `COPIES_NOT_SUPPORTED` when copies are asked for and a Java virtual machine would have to go
 * along,
 *   `LIBRARIES_NOT_FOUND` when it is not known whether one would
 */
export function planPosix(request: CreationRequest): Creation {
  const { interpreter, executables } = request;
  const { scheme } = interpreter;
  const layout: Layout = { ...scheme, executable: `${scheme.scripts}/python` };
  const names = executableNames(interpreter, ['graalpy']);
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...planExecutables({ names, scripts: scheme.scripts, source: interpreter.systemExecutable, executables }),
      ...planSurroundings(request),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
    configuration: homeOf(interpreter),
    ...(executables === 'copy' ? { uncertain: 'GraalPy looks for its libraries around its executable' } : {}),
  };
}

function planSurroundings({ interpreter, executables }: CreationRequest): readonly Step[] {
  const files = filesOf(interpreter);
  if (files === undefined) {
    // A link leads to where everything is.
    if (executables === 'symlink') return [];
    throw new VivariumError('LIBRARIES_NOT_FOUND', `Cannot determine the files next to ${interpreter.realExecutable}`, {
      hint: 'Leave --copies out.',
    });
  }
  const paths = pathsOf(interpreter);
  const { root, libraries, javaDirectories } = files;
  if (executables === 'copy' && javaDirectories.length > 0) {
    throw new VivariumError(
      'COPIES_NOT_SUPPORTED',
      `GraalPy at ${root} can't be copied, since it runs on a Java virtual machine`,
      {
        hint: 'Leave --copies out, or use a GraalPy that is compiled to native code.',
      },
    );
  }
  return [
    ...libraries.map((name): Step => {
      const source = paths.join(root, 'lib', name);
      return executables === 'copy'
        ? { kind: 'copy', path: `lib/${name}`, source }
        : { kind: 'symlink', path: `lib/${name}`, target: source, orCopy: source };
    }),
    ...javaDirectories.map((name): Step => ({ kind: 'symlink', path: name, target: paths.join(root, name) })),
  ];
}
