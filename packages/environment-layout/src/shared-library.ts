import { type CopyStep, type Interpreter, pathsOf } from '@vivarium/core/plugin';

/**
 * The library of a shared build, for an executable that is copied: many builds (python-build-standalone, conda) look
 * for it in `../lib` from the executable. A linked executable finds it next to the base by itself.
 */
export function planSharedLibrary(interpreter: Interpreter): readonly CopyStep[] {
  const library = interpreter.sharedLibrary;
  if (library === undefined) return [];
  const source = pathsOf(interpreter).join(library.directory, library.name);
  return [{ kind: 'copy', path: `lib/${library.name}`, source }];
}
