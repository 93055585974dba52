import { type CopyStep, type CreationRequest, pathsOf } from '@vivarium/core';

/**
 * The library that a copied executable of a shared build loads: many builds (python-build-standalone, conda) look for
 * it in `../lib` from the executable. A linked executable finds it beside the base by itself.
 */
export function planSharedLibrary({ interpreter, executables }: CreationRequest): readonly CopyStep[] {
  const library = interpreter.sharedLibrary;
  if (library === undefined || executables === 'symlink') return [];
  return [
    { kind: 'copy', path: `lib/${library.name}`, source: pathsOf(interpreter).join(library.directory, library.name) },
  ];
}
