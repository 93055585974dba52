import { type CreationRequest, type Layout, pathsOf, type Step } from '@vivarium/core/plugin';
import base from './lib/_vivarium_base.py';
import site from './lib/site.py';

/**
 * The environment's `lib/python2.7`. The interpreter searches upwards from its executable for `os.py` and a directory
 * `lib-dynload` and calls that its prefix; `site` then leads to the base's standard library. `lib-old` is a name that
 * Python 2.7 searches and has no directory for: a link of that name gives the standard library to an interpreter that
 * is started without `site` (`-S`).
 */
export function planLibrary({ interpreter, executables }: CreationRequest, layout: Layout): readonly Step[] {
  const paths = pathsOf(interpreter);
  const path = (name: string): string => `${layout.stdlib}/${name}`;
  const os = paths.join(interpreter.stdlib, 'os.py');
  const dynload = paths.join(interpreter.baseExecPrefix, layout.stdlib, 'lib-dynload');
  const landmarks: readonly Step[] =
    executables === 'copy'
      ? [
          { kind: 'copy', path: path('os.py'), source: os },
          { kind: 'directory', path: path('lib-dynload') },
        ]
      : [
          { kind: 'symlink', path: path('os.py'), target: os, orCopy: os },
          // An environment that was made of copies has an empty directory there.
          { kind: 'remove', path: path('lib-dynload') },
          { kind: 'symlink', path: path('lib-dynload'), target: dynload },
          { kind: 'symlink', path: path('lib-old'), target: interpreter.stdlib },
        ];
  return [
    ...landmarks,
    { kind: 'file', path: path('_vivarium_base.py'), contents: base },
    { kind: 'file', path: path('site.py'), contents: site },
  ];
}
