import { type CopyStep, type Interpreter, pathsOf } from '@vivarium/core/plugin';
import { namesIn, planWindowsExecutables } from '@vivarium/environment-layout';
import { namesOf } from './names.ts';

/** Whether it is known what is next to the interpreter, so that all that it loads can go along. */
export function canBeCopied(interpreter: Interpreter): boolean {
  return namesIn(interpreter, pathsOf(interpreter).dirname(interpreter.systemExecutable)) !== undefined;
}

/**
 * Copies of the interpreter itself, with the libraries and extension modules that it loads from next to it and the
 * standard library of the embeddable package, which is a zip archive there.
 */
export function planWholeCopy(interpreter: Interpreter): readonly CopyStep[] {
  const { scripts } = interpreter.scheme;
  const paths = pathsOf(interpreter);
  const directory = paths.dirname(interpreter.systemExecutable);
  const neighbors = namesIn(interpreter, directory) ?? [];
  const dlls = paths.join(interpreter.basePrefix, 'DLLs');
  const names = namesOf(interpreter);
  const windowed = neighbors.find((name) => /^pythonw(?:_d)?\.exe$/i.test(name));
  const copy =
    (place: string) =>
    (name: string): CopyStep => {
      return { kind: 'copy', path: `${scripts}/${name}`, source: paths.join(place, name) };
    };
  return [
    ...planWindowsExecutables({ names: names.console, scripts, source: interpreter.systemExecutable }),
    ...(windowed === undefined
      ? []
      : planWindowsExecutables({ names: names.windowed, scripts, source: paths.join(directory, windowed) })),
    ...neighbors.filter((name) => isLoaded(name) || isZippedLibrary(name, interpreter)).map(copy(directory)),
    ...(namesIn(interpreter, dlls) ?? []).filter(isLoaded).map(copy(dlls)),
  ];
}

// pywin32 puts its libraries next to the interpreter; in an environment they would shadow those of a pywin32 in it.
function isLoaded(name: string): boolean {
  return /\.(?:dll|pyd)$/i.test(name) && !/^(?:pywintypes|pythoncom)/i.test(name);
}

function isZippedLibrary(name: string, { version }: Interpreter): boolean {
  return name.toLowerCase() === `python${version.major}${version.minor}.zip`;
}
