import type { Interpreter } from '@vivarium/core/plugin';
import { executableNames } from '@vivarium/environment-layout';

/** What the interpreter is started by, without `.exe`, and the same for programs without a console window. */
export function namesOf(interpreter: Interpreter): {
  readonly console: readonly string[];
  readonly windowed: readonly string[];
} {
  const console = executableNames(interpreter);
  return { console, windowed: console.filter(isPython).map((name) => name.replace(/^python/i, 'pythonw')) };
}

function isPython(name: string): boolean {
  return /^python(?:[\d_]|$)/i.test(name);
}
