import { posix, win32 } from 'node:path';
import type { InstallScheme, Interpreter } from './interpreter.ts';

/** Where things are in an environment: paths relative to its root, written with `/` on every platform. */
export interface Layout extends InstallScheme {
  /** The interpreter to start: `bin/python`, `Scripts/python.exe`. */
  readonly executable: string;
}

/** What is being made. */
export interface Environment {
  /** Absolute, in the notation of the interpreter's platform. */
  readonly destination: string;
  /** What the prompt shows, without parentheses; missing means the destination's last part. */
  readonly prompt?: string;
  readonly interpreter: Interpreter;
  readonly layout: Layout;
  /** Whether commands find the interpreter next to themselves, so that the environment can be moved. */
  readonly isRelocatable?: true;
}

/** `path.posix` or `path.win32`, by the interpreter's platform and not by the host's. */
export function pathsOf(interpreter: Pick<Interpreter, 'os'>): typeof posix {
  return interpreter.os === 'nt' ? win32 : posix;
}

/** An absolute path in the environment from one that is relative to its root: `inEnvironment(e, e.layout.scripts)`. */
export function inEnvironment(environment: Environment, relative: string): string {
  return pathsOf(environment.interpreter).join(environment.destination, relative);
}

/** The text that the prompt shows between its parentheses. */
export function promptOf(environment: Environment): string {
  return environment.prompt ?? pathsOf(environment.interpreter).basename(environment.destination);
}
