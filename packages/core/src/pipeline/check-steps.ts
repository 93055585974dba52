import type { Step } from '../plan/step.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { badAnswer } from './call-plugin.ts';

const KINDS: ReadonlySet<Step['kind']> = new Set(['directory', 'file', 'symlink', 'copy', 'tree', 'remove', 'run']);

/** Refuses steps that a plugin must not ask for: of no known kind, or with a path that leaves the environment. */
export function checkSteps(plugin: Plugin<PluginKind>, steps: readonly Step[]): readonly Step[] {
  for (const step of steps) {
    if (!KINDS.has(step.kind)) throw badAnswer(plugin, `a step of unknown kind \`${String(step.kind)}\``);
    if (step.kind === 'run') continue;
    assertInside(plugin, step.path);
    if (step.kind === 'tree') for (const path of [...step.directories, ...step.files]) assertInside(plugin, path);
  }
  return steps;
}

function assertInside(plugin: Plugin<PluginKind>, path: unknown): void {
  if (typeof path !== 'string' || !isInside(path)) {
    throw badAnswer(plugin, `a path that is not inside the environment: \`${String(path)}\``);
  }
}

/** Whether a path is relative, is written with `/` and stays below its root on every platform. */
function isInside(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path)) {
    return false;
  }
  return !`/${path}/`.includes('/../');
}
