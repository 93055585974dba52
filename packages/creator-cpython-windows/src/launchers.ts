import { type CopyStep, type Interpreter, isAtLeast, pathsOf } from '@vivarium/core/plugin';
import { namesIn, planWindowsExecutables } from '@vivarium/environment-layout';
import { namesOf } from './names.ts';

/**
 * Small programs that stand for the interpreter in an environment: they read `pyvenv.cfg` and start the `python.exe`
 * that it names. Absolute paths.
 */
export interface Launchers {
  readonly console: string;
  readonly windowed?: string;
}

/** The launchers that an interpreter brings for its own `venv`; conda has them next to its `python.exe`. */
export function findLaunchers(interpreter: Interpreter): Launchers | undefined {
  const paths = pathsOf(interpreter);
  const shipped = paths.join(interpreter.stdlib, 'venv', 'scripts', 'nt');
  const neighbors = paths.dirname(interpreter.systemExecutable);
  const inVenv = namesIn(interpreter, shipped) ?? unlistedNames(interpreter);
  const find = (kind: LauncherKind): string | undefined => {
    const own = fileNames(kind, interpreter);
    const found = own.find((name) => inVenv.includes(name));
    if (found !== undefined) return paths.join(shipped, found);
    // What is called `python.exe` here is the interpreter.
    const launcher = own.find((name) => name.startsWith('venv') && namesIn(interpreter, neighbors)?.includes(name));
    return launcher === undefined ? undefined : paths.join(neighbors, launcher);
  };
  const [console, windowed] = [find('console'), find('windowed')];
  if (console === undefined) return undefined;
  return windowed === undefined ? { console } : { console, windowed };
}

/** The interpreter under all of its names, each a copy of a launcher. */
export function planLaunchers(interpreter: Interpreter, { console, windowed }: Launchers): readonly CopyStep[] {
  const { scripts } = interpreter.scheme;
  const names = namesOf(interpreter);
  return [
    ...planWindowsExecutables({ names: names.console, scripts, source: console }),
    ...(windowed === undefined ? [] : planWindowsExecutables({ names: names.windowed, scripts, source: windowed })),
  ];
}

type LauncherKind = 'console' | 'windowed';

/**
 * How the launchers are called, the likelier name first: `venvlauncher.exe` since Python 3.13, `python.exe` before. A
 * launcher without `t` would start the interpreter with the global lock, should both be installed.
 */
function fileNames(kind: LauncherKind, { version, isFreeThreaded, isDebug }: Interpreter): readonly string[] {
  const debug = isDebug ? '_d' : '';
  const modern = `${kind === 'console' ? 'venvlauncher' : 'venvwlauncher'}${isFreeThreaded ? 't' : ''}${debug}.exe`;
  if (isFreeThreaded) return [modern];
  const old = `${kind === 'console' ? 'python' : 'pythonw'}${debug}.exe`;
  return isAtLeast(version, 3, 13) ? [modern, old] : [old, modern];
}

/** What is in a standard `venv` where the description doesn't list it: launchers came with Python 3.7.2. */
function unlistedNames(interpreter: Interpreter): readonly string[] {
  const { version, hasVenv } = interpreter;
  const hasLaunchers = hasVenv && (isAtLeast(version, 3, 8) || (version.minor === 7 && version.micro >= 2));
  return hasLaunchers
    ? [...fileNames('console', interpreter).slice(0, 1), ...fileNames('windowed', interpreter).slice(0, 1)]
    : [];
}
