import { posix } from 'node:path';
import { isOwnFile } from '@vivarium/core/internal';
import type { Environment, PackageToInstall } from '@vivarium/core/plugin';
import {
  formatRecord,
  type PlacedFile,
  type RecordLine,
  recordLine,
  type WheelContents,
  WheelError,
} from '@vivarium/wheel-resolver/reading';
import { consoleScript } from '../script/console-script.ts';
import { windowsCommand } from '../script/windows-launcher.ts';
import { parseConsoleScripts, versionedScripts } from './entry-points.ts';
import { type ConsoleScript, isTopLevel, type OwnScript, RECEIPT, schemeDirectory, treeName } from './image.ts';
import { checkScriptName } from './script-name.ts';

/** A wheel as it is once installed, but for the scripts that say where the environment is. */
export interface Installed extends Pick<WheelContents, 'root' | 'distInfo' | 'files'> {
  /** The RECORD for an environment that links to whole directories and not to files. */
  readonly linkedRecord: Buffer;
  readonly consoleScripts: readonly ConsoleScript[];
  readonly ownScripts: readonly OwnScript[];
}

/** What a wheel is installed for. */
export interface Installation {
  readonly package: PackageToInstall;
  readonly environment: Environment;
  /** The launcher of commands, with a console or without one, on Windows. */
  readonly launchers?: (isGui: boolean) => Buffer;
}

/**
 * Adds what an installer adds: INSTALLER, REQUESTED, the commands, and a RECORD that lists all of it, with the receipt
 * that each environment gets for itself.
 *
 * @throws WheelError for a command that would replace one of the environment's own
 */
export function install(contents: WheelContents, installation: Installation): Installed {
  const { root, distInfo } = contents;
  const commands = findCommands(contents, installation);
  for (const { name } of [...commands.consoleScripts, ...commands.ownScripts]) checkScriptName(name);
  const { files, consoleScripts, ownScripts } = asFiles(commands, installation);
  const all = [
    ...files,
    metadata(contents, 'INSTALLER', 'vivarium\n'),
    ...(installation.package.isRequested ? [metadata(contents, 'REQUESTED', '')] : []),
  ];
  const scripts = [...consoleScripts, ...ownScripts].map(({ name }) => name);
  const lines = recordLines(all, scripts, { root, distInfo, installation });
  const own = [bare(`${distInfo}/${RECEIPT}`), bare(`${distInfo}/RECORD`)];
  const record = metadata(contents, 'RECORD', formatRecord([...lines.full, ...own]));
  return {
    root,
    distInfo,
    files: [...all, record],
    linkedRecord: Buffer.from(formatRecord([...lines.linked, ...own])),
    consoleScripts,
    ownScripts,
  };
}

interface Commands {
  readonly files: readonly PlacedFile[];
  readonly consoleScripts: readonly ConsoleScript[];
  readonly ownScripts: readonly OwnScript[];
}

// Names of commands carry the Python's version for these alone: it is what virtualenv and they themselves do.
const VERSIONED: ReadonlySet<string> = new Set(['pip', 'setuptools', 'wheel']);

function isVersioned({ name, isRequested }: PackageToInstall): boolean {
  return isRequested ? name === 'pip' : VERSIONED.has(name);
}

function findCommands(
  { root, distInfo, files }: WheelContents,
  { package: wanted, environment }: Installation,
): Commands {
  const entryPoints = files.find(({ scheme, path }) => scheme === root && path === `${distInfo}/entry_points.txt`);
  const declared = parseConsoleScripts(entryPoints?.contents.toString('utf8') ?? '');
  const { version } = environment.interpreter;
  return {
    files: files.filter((file) => asOwnScript(file).length === 0),
    consoleScripts: isVersioned(wanted) ? versionedScripts(declared, version) : declared,
    ownScripts: files.flatMap(asOwnScript),
  };
}

// On Windows commands are programs, which are the same in every environment.
function asFiles(commands: Commands, { environment, launchers }: Installation): Commands {
  if (launchers === undefined) return commands;
  const programs = [
    ...commands.consoleScripts.map((script) => ({
      name: script.name,
      text: consoleScript(script),
      isGui: script.isGui === true,
    })),
    ...commands.ownScripts.map(({ name, body, isGui }) => ({
      name: name.replace(/\.pyw?$/, ''),
      text: body,
      isGui: isGui === true,
    })),
  ].map(({ name, text, isGui }): PlacedFile => {
    const contents = windowsCommand(text, launchers(isGui), environment);
    return { scheme: 'scripts', path: `${name}.exe`, contents, isExecutable: true };
  });
  return { files: [...commands.files, ...programs], consoleScripts: [], ownScripts: [] };
}

function metadata({ root, distInfo }: WheelContents, name: string, text: string): PlacedFile {
  return { scheme: root, path: `${distInfo}/${name}`, contents: Buffer.from(text), isExecutable: false };
}

const GENERIC_SHEBANG = /^#!python(w?)([ \t][^\r\n]*)?\r?\n/;

// Such a script gets the environment's interpreter into its first line, so it can't be shared.
function asOwnScript({ scheme, path, contents }: PlacedFile): readonly OwnScript[] {
  if (scheme !== 'scripts' || contents.subarray(0, 8).toString('latin1') !== '#!python') return [];
  const text = contents.toString('utf8');
  const [first, isGui, more = ''] = GENERIC_SHEBANG.exec(text) ?? [];
  if (first === undefined) return [];
  return [
    {
      name: path,
      body: text.slice(first.length),
      ...(isGui ? { isGui: true } : {}),
      ...(more.trim() === '' ? {} : { options: more.trim() }),
    },
  ];
}

interface Recorded {
  readonly full: readonly RecordLine[];
  readonly linked: readonly RecordLine[];
}

function recordLines(
  files: readonly PlacedFile[],
  scripts: readonly string[],
  { root, distInfo, installation }: Pick<WheelContents, 'root' | 'distInfo'> & { readonly installation: Installation },
): Recorded {
  const { layout } = installation.environment;
  const commands = scripts.map((name) => bare(posix.relative(layout[root], `${layout.scripts}/${name}`)));
  const own = files.filter(({ scheme }) => scheme === root);
  const tops = new Set(own.map(({ path }) => path.split('/')[0] ?? path));
  // A directory of the environment's own, whose files are listed: uv takes a link there for no distribution.
  tops.delete(distInfo);
  const inInfo = own.filter(({ path }) => path.startsWith(`${distInfo}/`));
  const inner = inInfo.filter(({ path }) => !isTopLevel(path)).map(({ path }) => path.split('/').slice(0, 2).join('/'));
  const metadata = [
    ...inInfo.filter(({ path }) => isTopLevel(path)).map((file) => recordLine(file.path, file)),
    ...[...new Set(inner)].map(bare),
  ];
  const others = files.filter(({ scheme }) => scheme !== root).map((file) => bare(pathOf(file)));
  return {
    full: [...files.map((file) => recordLine(pathOf(file), file)), ...commands],
    linked: [...[...tops, treeName(distInfo)].map(bare), ...metadata, ...others, ...commands],
  };

  function pathOf({ scheme, path }: PlacedFile): string {
    if (scheme === root) return path;
    const target = posix.join(schemeDirectory(scheme, installation.environment, installation.package.name), path);
    if (scheme === 'scripts' && path.includes('/')) {
      throw new WheelError(`its script \`${path}\` is in a directory of its own`);
    }
    if (posix.dirname(target).toLowerCase() === layout.scripts.toLowerCase()) checkScriptName(posix.basename(target));
    if (isOwnFile(target)) throw new WheelError(`its file \`${target}\` would replace one of the environment's own`);
    return posix.relative(layout[root], target);
  }
}

function bare(path: string): RecordLine {
  return { path, hash: '', size: '' };
}
