import { findImplementation } from '@vivarium/core/internal';
import type { Inspection, ToolName } from '../inspect/inspection.ts';
import { minorOf } from '../inspect/layout.ts';
import { packagesVersion } from './packages-version.ts';

/** What creating an environment leaves in it besides its packages. */
export interface Promised {
  /** Names of the executable, relative to the directory of commands. */
  readonly executables: readonly string[];
  /** Scripts for activation, relative to the directory of commands, that the creator always writes. */
  readonly activation: readonly string[];
  /** The same for creators whose users choose the scripts: they may be few on purpose. */
  readonly chosenActivation: readonly string[];
  /** Links at the root. */
  readonly links: readonly string[];
  /** Keys of `pyvenv.cfg`; of the keys in one list one is enough. */
  readonly keys: readonly (readonly string[])[];
}

interface Rules {
  /** The first minor version of Python 3 whose whole version is a name of the executable. */
  readonly wholeNameFrom: number;
  readonly activation: readonly string[];
  /** The scripts that are written since a minor version of Python 3. */
  readonly laterActivation?: readonly [from: number, names: readonly string[]];
  readonly chosenActivation: readonly string[];
  readonly hasLib64: boolean;
  readonly keys: readonly string[];
  /** The keys that are written since a minor version of Python 3. */
  readonly laterKeys?: readonly [from: number, keys: readonly string[]];
}

/** virtualenv and vivarium let the user choose among these; all releases of virtualenv 20 and 21 have them. */
const CHOSEN = ['activate', 'activate.csh', 'activate.fish', 'activate.ps1', 'activate_this.py'];
const BASE_KEYS = ['implementation', 'base-prefix', 'base-exec-prefix', 'base-executable'];

/**
 * By what the tools wrote on Linux for CPython 3.6 to 3.13 (virtualenv 20.17 and 21.15, uv 0.13, `venv` of each version).
 * What users remove on purpose (`.gitignore`, `CACHEDIR.TAG`), what only Windows uses, and what is created again when it is
 * needed (`include`) is not in here.
 */
const RULES: Partial<Record<ToolName, Rules>> = {
  vivarium: { wholeNameFrom: 9, activation: [], chosenActivation: CHOSEN, hasLib64: true, keys: BASE_KEYS },
  virtualenv: { wholeNameFrom: 0, activation: [], chosenActivation: CHOSEN, hasLib64: false, keys: BASE_KEYS },
  uv: {
    wholeNameFrom: 0,
    // One that can be moved has none for csh.
    activation: CHOSEN.filter((name) => name !== 'activate.csh'),
    chosenActivation: [],
    hasLib64: true,
    keys: ['implementation'],
  },
  venv: {
    wholeNameFrom: 9,
    activation: ['activate', 'activate.csh', 'activate.fish'],
    laterActivation: [8, ['Activate.ps1']],
    chosenActivation: [],
    hasLib64: true,
    keys: [],
    laterKeys: [11, ['executable']],
  },
};

/** What Python itself reads, or every tool that looks at an environment. */
const KEYS: Promised['keys'] = [['home'], ['include-system-site-packages'], ['version', 'version_info']];

/** What the creation of an environment has left in it, as far as that is known for sure. Nothing for one of conda. */
export function promisedBy(inspection: Inspection): Promised {
  const { createdBy, recorded, python, layout } = inspection;
  const none = { executables: [], activation: [], chosenActivation: [], links: [] };
  if (createdBy.tool === 'conda') return { ...none, keys: [] };
  const rules = RULES[createdBy.tool];
  const version = packagesVersion(inspection) ?? minorOf(python.version);
  if (rules === undefined || version === undefined) return { ...none, keys: KEYS };
  const [major = 3, minor = 0] = version.split('.').map(Number);
  const since = <T>([from, all]: readonly [number, readonly T[]] = [0, []]): readonly T[] =>
    major === 3 && minor >= from ? all : [];
  const keys = [...KEYS, ...[...rules.keys, ...since(rules.laterKeys)].map((key) => [key])];
  if (layout.os === 'nt') return { ...none, keys };
  const isCPython = findImplementation(recorded.implementation ?? python.implementation ?? 'cpython') === 'cpython';
  const hasWholeName = isCPython && (major < 3 || minor >= rules.wholeNameFrom);
  return {
    executables: ['python', `python${major}`, ...(hasWholeName ? [`python${version}`] : [])],
    activation: [...rules.activation, ...since(rules.laterActivation)],
    chosenActivation: rules.chosenActivation,
    links: rules.hasLib64 && isCPython && hasLib64(inspection) ? ['lib64'] : [],
    keys,
  };
}

/** `venv` writes the link for Pythons of 64 bits, except on macOS. */
function hasLib64({ python }: Inspection): boolean {
  const machine = python.binary?.machine;
  return process.platform === 'linux' && (machine === 'x86_64' || machine === 'arm64');
}
