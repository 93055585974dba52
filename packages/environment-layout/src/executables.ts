import type { CopyStep, CreationRequest, SymlinkStep } from '@vivarium/core/plugin';

/** What {@link planExecutables} is told. */
export interface ExecutablesRequest {
  /** File names; the first one leads to the base, the others to the first. */
  readonly names: readonly [string, ...string[]];
  /** The scripts directory, relative to the environment's root. */
  readonly scripts: string;
  /** The base's executable, absolute. */
  readonly source: string;
  readonly executables: CreationRequest['executables'];
  /**
   * Whether a copy stands in where a link can't be created. `false` is for bases whose executable does not work
   * elsewhere.
   * @default true
   */
  readonly mayCopy?: boolean;
}

const EXECUTABLE = 0o755;

/**
 * The interpreter under all of its names on a POSIX system. Linked, the first name leads to the base and the others to
 * the first, so that one link tells what the environment is based on; copied, each is a file of its own.
 */
export function planExecutables(request: ExecutablesRequest): readonly (SymlinkStep | CopyStep)[] {
  const { names, scripts, source, mayCopy = true } = request;
  return names.map((name, index) => {
    const path = `${scripts}/${name}`;
    if (request.executables === 'copy') return { kind: 'copy', path, source, mode: EXECUTABLE };
    const target = index === 0 ? source : names[0];
    return { kind: 'symlink', path, target, ...(mayCopy ? { orCopy: source } : {}) };
  });
}
