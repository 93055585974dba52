import {
  type CreationRequest,
  type DirectoryStep,
  type Interpreter,
  isAtLeast,
  type Layout,
  type SymlinkStep,
} from '@vivarium/core/plugin';

const LIB64 = 'lib64';

/**
 * The directories of an environment. A 64-bit POSIX system other than macOS gets `lib64 -> lib`, as from the standard
 * library's `venv`: some builds install extension modules below `lib64`, and some tools look for them there. From
 * Python 3.15 on, where `venv` has given it up, only those builds get it. Where there can be no links it is a
 * directory.
 */
export function planDirectories(request: CreationRequest, layout: Layout): readonly (DirectoryStep | SymlinkStep)[] {
  const hasLink = wantsLink(request.interpreter, layout);
  const directories = [layout.scripts, layout.include, layout.purelib, layout.platlib];
  const real = directories.map((path) => (hasLink && isInLib64(path) ? path.replace(LIB64, 'lib') : path));
  return [
    ...[...new Set(real)].map((path): DirectoryStep => ({ kind: 'directory', path })),
    ...(hasLink ? [{ kind: 'symlink', path: LIB64, target: 'lib', orDirectory: true } as const] : []),
  ];
}

function wantsLink({ os, platform, bits, version }: Interpreter, { platlib }: Layout): boolean {
  if (os !== 'posix' || platform === 'darwin' || bits !== 64) return false;
  return isInLib64(platlib) || !isAtLeast(version, 3, 15);
}

function isInLib64(path: string): boolean {
  return path.startsWith(`${LIB64}/`);
}
