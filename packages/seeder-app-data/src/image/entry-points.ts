import { formatMinorVersion, type PythonVersion } from '@vivarium/core/plugin';
import { WheelError } from '@vivarium/wheel-resolver/reading';
import type { ConsoleScript } from './image.ts';

// Python identifiers with dots between them; anything else would be code in the script.
const DOTTED = String.raw`[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*`;
const REFERENCE = new RegExp(`^(${DOTTED})\\s*:\\s*(${DOTTED})\\s*(?:\\[.*\\])?$`, 'u');

/**
 * The commands that an `entry_points.txt` declares (entry points specification), in order, with a console or without one.
 * Of several of one name the last one counts.
 */
export function parseConsoleScripts(text: string): readonly ConsoleScript[] {
  let section = '';
  const scripts = new Map<string, ConsoleScript>();
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (line === '' || /^[#;]/.test(line)) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header !== null) section = (header[1] ?? '').trim();
    else if (section === 'console_scripts' || section === 'gui_scripts') {
      const script = parseScript(line);
      scripts.set(script.name, section === 'gui_scripts' ? { ...script, isGui: true } : script);
    }
  }
  return [...scripts.values()];
}

/**
 * The commands of pip, setuptools and wheel for a version of Python. A name in a wheel carries the version of whatever
 * built it (`pip3.8`), so that is cut off, and each command gets all of `pip`, `pip3`, `pip3.12` and `pip-3.12`.
 */
export function versionedScripts(scripts: readonly ConsoleScript[], version: PythonVersion): readonly ConsoleScript[] {
  const stems = new Map(scripts.map((script) => [stemOf(script.name), script]));
  const minor = formatMinorVersion(version);
  return [...stems].flatMap(([stem, { module, attribute }]) =>
    ['', `${version.major}`, minor, `-${minor}`].map((suffix) => ({ name: `${stem}${suffix}`, module, attribute })),
  );
}

/** A name without the version at its end. */
function stemOf(name: string): string {
  let at = name.length;
  while (/[\d.]/.test(name.charAt(at - 1))) at -= 1;
  while (name.charAt(at) === '.') at += 1;
  return name.slice(0, at < name.length && name.charAt(at - 1) === '-' ? at - 1 : at);
}

function parseScript(line: string): ConsoleScript {
  const equals = line.indexOf('=');
  const name = line.slice(0, equals).trim();
  const [, module, attribute] = REFERENCE.exec(line.slice(equals + 1).trim()) ?? [];
  if (equals < 1 || module === undefined || attribute === undefined) {
    throw new WheelError(`its entry point \`${line}\` names no function`);
  }
  return { name, module, attribute };
}
