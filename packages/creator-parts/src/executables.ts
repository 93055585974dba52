import type { CopyStep, CreationRequest, SymlinkStep } from '@vivarium/core';

/** What {@link planExecutables} is told. */
export interface ExecutablesRequest {
  /** File names; the first one leads to the base, the others to the first. */
  readonly names: readonly [string, ...string[]];
  /** The scripts folder, relative to the environment's root. */
  readonly scripts: string;
  /** The base's executable, absolute. */
  readonly source: string;
  readonly executables: CreationRequest['executables'];
}

const EXECUTABLE = 0o755;

/**
 * The interpreter under all of its names on a POSIX system. Linked, the first name leads to the base and the others to
 * the first, so that one link tells what the environment is based on; copied, each is a file of its own.
 */
export function planExecutables(request: ExecutablesRequest): readonly (SymlinkStep | CopyStep)[] {
  const { names, scripts, source } = request;
  return names.map((name, index) => {
    const path = `${scripts}/${name}`;
    return request.executables === 'copy'
      ? { kind: 'copy', path, source, mode: EXECUTABLE }
      : { kind: 'symlink', path, target: index === 0 ? source : names[0], orCopy: source };
  });
}
