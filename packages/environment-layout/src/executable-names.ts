import { formatMinorVersion, type Interpreter, pathsOf } from '@vivarium/core/plugin';

/**
 * The names by which an environment's interpreter can be started, without `.exe`; the first is the executable, the
 * others are aliases of it. After `python`, `python3`, `python3.13` come the names that tell a free-threaded build
 * (`python3.13t`) and, on POSIX systems, a debug build (`python3.13d`, `python3.13td`), then `further` ones, then the
 * base's own name (`python3.13-dbg`, `python_d`).
 *
 * Names that differ in case only are one name, as they are one file on many systems.
 */
export function executableNames(
  interpreter: Interpreter,
  further: readonly string[] = [],
): readonly [string, ...string[]] {
  const { version, isFreeThreaded, isDebug } = interpreter;
  const minor = `python${formatMinorVersion(version)}`;
  const threads = isFreeThreaded ? 't' : '';
  const aliases = [
    `python${version.major}`,
    minor,
    minor + threads,
    minor + threads + (isDebug && interpreter.os === 'posix' ? 'd' : ''),
    ...further,
    pathsOf(interpreter)
      .basename(interpreter.systemExecutable)
      .replace(interpreter.os === 'nt' ? /\.exe$/i : '', ''),
  ];
  return ['python', ...withoutTwins(aliases).filter((name) => name.toLowerCase() !== 'python')];
}

function withoutTwins(names: readonly string[]): readonly string[] {
  const lowerCase = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => lowerCase.indexOf(lowerCase[index] ?? '') === index);
}
