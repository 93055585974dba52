import type { CreationRequest, DirectoryStep, Layout, SymlinkStep } from '@vivarium/core';

const LIB64 = 'lib64';

/**
 * The folders of an environment. A 64-bit POSIX system other than macOS gets `lib64 -> lib`, as from the standard
 * library's `venv`: there some builds install extension modules below `lib64`, and some tools look for them there.
 * Where copies are asked for there may be no links, so `lib64` is a folder then, and only where it is needed.
 */
export function planFolders(request: CreationRequest, layout: Layout): readonly (DirectoryStep | SymlinkStep)[] {
  const { interpreter } = request;
  const hasLink =
    interpreter.os === 'posix' &&
    interpreter.platform !== 'darwin' &&
    interpreter.bits === 64 &&
    request.executables === 'symlink';
  const folders = [layout.scripts, layout.include, layout.purelib, layout.platlib];
  const real = folders.map((path) => (hasLink && path.startsWith(`${LIB64}/`) ? path.replace(LIB64, 'lib') : path));
  return [
    ...[...new Set(real)].map((path): DirectoryStep => ({ kind: 'directory', path })),
    ...(hasLink ? [{ kind: 'symlink', path: LIB64, target: 'lib' } as const] : []),
  ];
}
