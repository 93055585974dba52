import { type CreationRequest, isAtLeast, type RunStep } from '@vivarium/core/plugin';

/** Starts `venv` where the environment is being built. Seeds and the `.gitignore` are left to others. */
export function runVenv({ destination, interpreter, executables, systemSitePackages }: CreationRequest): RunStep {
  // Linking needs a privilege on Windows, where venv's own default is to copy, too.
  const copies = executables === 'copy' || interpreter.os === 'nt';
  return {
    kind: 'run',
    place: 'staging',
    command: [
      interpreter.systemExecutable,
      '-I',
      '-m',
      'venv',
      '--without-pip',
      ...(isAtLeast(interpreter.version, 3, 13) ? ['--without-scm-ignore-files'] : []),
      ...(systemSitePackages ? ['--system-site-packages'] : []),
      copies ? '--copies' : '--symlinks',
      destination,
    ],
    // macOS: it would name the environment that we were started from as the base.
    env: { __PYVENV_LAUNCHER__: null },
    purpose: 'create the environment with the venv module of the interpreter',
  };
}
