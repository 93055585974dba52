import type { Environment } from '../environment.ts';
import { pathsOf } from '../environment.ts';
import { VivariumError } from '../error.ts';
import { formatMinorVersion, formatVersion, formatVersionInfo } from '../interpreter.ts';
import { isOneLine } from './one-line.ts';

/** The program that creates an environment, as `pyvenv.cfg` names it. */
export interface Tool {
  /** `vivarium`; it is a key of the file, with the version as its value. */
  readonly name: string;
  readonly version: string;
  /** The program whose place it takes; a key too, since that program's users look for it: `virtualenv`. */
  readonly inPlaceOf?: { readonly name: string; readonly version: string };
}

/** What a `pyvenv.cfg` is written from. */
export interface ConfigurationRequest {
  readonly environment: Environment;
  readonly tool: Tool;
  readonly systemSitePackages: boolean;
  /** Keys of the creator's own: one that is known replaces core's value in its place, others are put last. */
  readonly furtherKeys: readonly Entry[];
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['command', 'Choose a destination without it.'],
  ['prompt', 'Choose a prompt of one line.'],
]);

type Entry = readonly [key: string, value: string];

/**
 * The text of a `pyvenv.cfg`: the keys that PEP 405 and CPython's `venv` define, and those that virtualenv adds, in its
 * order; `python-version` is what draft PEP 838 asks creators for.
 */
export function configurationText(request: ConfigurationRequest): string {
  const { environment, tool } = request;
  const { interpreter, destination, prompt } = environment;
  const keys: readonly Entry[] = [
    ['home', pathsOf(interpreter).dirname(interpreter.systemExecutable)],
    ['implementation', interpreter.implementation],
    ['python-version', formatMinorVersion(interpreter.version)],
    ['version_info', formatVersionInfo(interpreter.version)],
    ['version', formatVersion({ ...interpreter.version, releaseLevel: 'final' })],
    ['executable', interpreter.realExecutable],
    ['command', `${tool.inPlaceOf?.name ?? `${tool.name} create`} ${destination}`],
    [tool.name, tool.version],
    ...(tool.inPlaceOf === undefined ? [] : [[tool.inPlaceOf.name, tool.inPlaceOf.version] as const]),
    ...(prompt === undefined ? [] : [['prompt', `"${prompt}"`] as const]),
    // uv writes it too, and then installs commands that can be moved.
    ...(environment.isRelocatable ? [['relocatable', 'true'] as const] : []),
    ['include-system-site-packages', String(request.systemSitePackages)],
    ['base-prefix', interpreter.basePrefix],
    ['base-exec-prefix', interpreter.baseExecPrefix],
    ['base-executable', interpreter.systemExecutable],
  ];
  return withFurther(keys, request.furtherKeys)
    .map(([key, value]) => `${key} = ${oneLine(key, value)}\n`)
    .join('');
}

function withFurther(keys: readonly Entry[], further: readonly Entry[]): readonly Entry[] {
  const own = new Map(further);
  const known = new Set(keys.map(([key]) => key));
  return [
    ...keys.map(([key, value]): Entry => [key, own.get(key) ?? value]),
    ...further.filter(([key]) => !known.has(key)),
  ];
}

function oneLine(key: string, value: string): string {
  if (isOneLine(value)) return value;
  const hint = HINTS.get(key) ?? 'Use an interpreter whose path has no line break in it.';
  const message = `pyvenv.cfg can't express the line break in \`${key}\`: ${value}`;
  throw new VivariumError('PYVENV_CFG_INVALID', message, { hint });
}
