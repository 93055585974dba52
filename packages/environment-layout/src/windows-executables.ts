import type { CopyStep } from '@vivarium/core/plugin';

/** What {@link planWindowsExecutables} is told. */
export interface WindowsExecutablesRequest {
  /** File names without `.exe`. */
  readonly names: readonly string[];
  /** The scripts directory, relative to the environment's root. */
  readonly scripts: string;
  /** The executable or launcher to copy, absolute. */
  readonly source: string;
}

/**
 * An executable under several names on Windows. They are copies always: links need a privilege there, and the loader
 * looks for libraries next to the name that was started.
 */
export function planWindowsExecutables({ names, scripts, source }: WindowsExecutablesRequest): readonly CopyStep[] {
  return names.map((name) => ({ kind: 'copy', path: `${scripts}/${name}.exe`, source }));
}
