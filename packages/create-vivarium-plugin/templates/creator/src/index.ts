import {
  type CreationRequest,
  type Creator,
  defineCreator,
  formatMinorVersion,
  type Step,
} from '@vivarium/core/plugin';

/** Creates environments of CPython 3 on Linux. A start: a `pyvenv.cfg`, which core writes, makes Python do the rest (PEP 405). */
const __IDENTIFIER__: Creator = defineCreator({
  kind: 'creator',
  name: '__NAME__',
  title: '__TITLE__',

  supports({ implementation, os, version }) {
    if (implementation !== 'CPython') return { reason: `it is ${implementation} and not CPython` };
    if (os !== 'posix') return { reason: 'it is a Python for Windows' };
    if (version.major < 3) return { reason: 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)' };
    return true;
  },

  plan(request) {
    const { scheme } = request.interpreter;
    return {
      layout: { ...scheme, executable: `${scheme.scripts}/python` },
      steps: [
        ...[scheme.scripts, scheme.purelib, scheme.include].map((path) => ({ kind: 'directory', path }) as const),
        ...planExecutables(request),
      ],
    };
  },
});

export default __IDENTIFIER__;

function planExecutables({ interpreter, executables }: CreationRequest): readonly Step[] {
  const { scheme, systemExecutable, version, sharedLibrary } = interpreter;
  const names = ['python', 'python3', `python${formatMinorVersion(version)}`].map(
    (name) => `${scheme.scripts}/${name}`,
  );
  if (executables === 'symlink') {
    return names.map((path) => ({ kind: 'symlink', path, target: systemExecutable, orCopy: systemExecutable }));
  }
  const library = sharedLibrary && `${sharedLibrary.directory}/${sharedLibrary.name}`;
  return [
    ...names.map((path) => ({ kind: 'copy', path, source: systemExecutable }) as const),
    ...(library ? [{ kind: 'copy', path: `lib/${sharedLibrary.name}`, source: library } as const] : []),
  ];
}
