import { posix } from 'node:path';
import type { Environment } from '@vivarium/core';
import { parseConsoleScripts, versionedScripts } from './entry-points.ts';
import { type ConsoleScript, type OwnScript, schemeFolder } from './image.ts';
import type { PlacedFile, WheelContents } from './read-wheel.ts';
import { formatRecord, type RecordLine, recordLine } from './record.ts';
import { checkScriptName } from './script-name.ts';

/** A wheel as it stands once installed, but for the scripts, which say where the environment is. */
export interface Installed extends Omit<WheelContents, 'files'> {
  readonly files: readonly PlacedFile[];
  /** The RECORD for an environment that links to the top-level folders and not to files. */
  readonly linkedRecord: Buffer;
  readonly consoleScripts: readonly ConsoleScript[];
  readonly ownScripts: readonly OwnScript[];
}

// Names of commands carry the Python's version for these alone: it is what virtualenv and they themselves do.
const VERSIONED: ReadonlySet<string> = new Set(['pip', 'setuptools', 'wheel']);
const GENERIC_SHEBANG = /^#!python(w?)([ \t][^\r\n]*)?\r?\n/;

/**
 * Adds what an installer adds: INSTALLER, the commands, and a RECORD that lists all of it.
 *
 * @throws WheelError for a command that would replace one of the environment's own
 */
export function install(name: string, wheel: WheelContents, { interpreter, layout }: Environment): Installed {
  const { root, distInfo } = wheel;
  const entryPoints = wheel.files.find(
    ({ scheme, path }) => scheme === root && path === `${distInfo}/entry_points.txt`,
  );
  const declared = parseConsoleScripts(entryPoints?.contents.toString('utf8') ?? '');
  const consoleScripts = VERSIONED.has(name) ? versionedScripts(declared, interpreter.version) : declared;
  const ownScripts = wheel.files.flatMap(asOwnScript);
  const installer = {
    scheme: root,
    path: `${distInfo}/INSTALLER`,
    contents: Buffer.from('vivarium\n'),
    isExecutable: false,
  };
  const files = [...wheel.files.filter((file) => asOwnScript(file).length === 0), installer];

  const base = layout[root];
  const lines = files.map((file) => recordLine(relativeTo(base, file), file.contents));
  const scripts = [...consoleScripts, ...ownScripts].map((script) => inScripts(script.name));
  const bare = (path: string): RecordLine => ({ path, hash: '', size: '' });
  const record = formatRecord([...lines, ...scripts.map(bare), bare(`${distInfo}/RECORD`)]);
  const tops = new Set(files.filter(({ scheme }) => scheme === root).map(({ path }) => path.split('/')[0] ?? path));
  const others = files.filter(({ scheme }) => scheme !== root).map((file) => relativeTo(base, file));
  const linkedRecord = formatRecord([...tops, ...others, ...scripts].map(bare));
  const recordFile = { ...installer, path: `${distInfo}/RECORD`, contents: Buffer.from(record) };
  return {
    ...wheel,
    files: [...files, recordFile],
    linkedRecord: Buffer.from(linkedRecord),
    consoleScripts,
    ownScripts,
  };

  function relativeTo(folder: string, { scheme, path }: PlacedFile): string {
    if (scheme === root) return path;
    const target = posix.join(schemeFolder(scheme, layout, name), path);
    if (posix.dirname(target) === layout.scripts) checkScriptName(posix.basename(target));
    return posix.relative(folder, target);
  }
  function inScripts(script: string): string {
    checkScriptName(script);
    return posix.relative(base, posix.join(layout.scripts, script));
  }
}

// Such a script gets the environment's interpreter into its first line, so it can't be shared.
function asOwnScript({ scheme, path, contents }: PlacedFile): readonly OwnScript[] {
  if (scheme !== 'scripts' || contents.subarray(0, 8).toString('latin1') !== '#!python') return [];
  const text = contents.toString('utf8');
  const first = GENERIC_SHEBANG.exec(text)?.[0];
  return first === undefined ? [] : [{ name: path, body: text.slice(first.length) }];
}
