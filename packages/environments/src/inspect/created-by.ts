import { basename, dirname, join, sep } from 'node:path';
import { readBounded } from '../read/read-bounded.ts';
import type { CreatedBy, ToolName } from './inspection.ts';
import { isThere } from './layout.ts';

type Keys = Readonly<Record<string, string>>;

/** The keys of `pyvenv.cfg` under which a program records its version. Ours also writes virtualenv's. */
const OWN_KEYS = ['vivarium', 'uv', 'virtualenv'] as const;

/**
 * Who created an environment, by what its tool leaves in it or where its tool keeps it.
 *
 * @param keys of its `pyvenv.cfg`
 */
export function createdBy(directory: string, keys: Keys): CreatedBy {
  const manager = managerOf(directory, keys);
  const withManager = manager === undefined ? {} : { manager };
  const own = OWN_KEYS.find((key) => keys[key] !== undefined);
  if (own !== undefined) return { tool: own, version: keys[own] ?? '', ...withManager };
  if (isThere(join(directory, 'conda-meta'))) return { tool: 'conda' };
  const isVenv = keys.home !== undefined && keys['include-system-site-packages'] !== undefined;
  return { tool: isVenv ? 'venv' : 'unknown', ...withManager };
}

/** How each of the programs that keep environments of others is recognised. */
const MANAGERS: readonly {
  readonly tool: ToolName;
  readonly isOf: (directory: string, keys: Keys) => boolean;
}[] = [
  { tool: 'pipx', isOf: (directory) => isThere(join(directory, 'pipx_metadata.json')) },
  { tool: 'poetry', isOf: (directory, keys) => isBelow(directory, 'pypoetry', 'virtualenvs') || isPoetryPrompt(keys) },
  { tool: 'pdm', isOf: (directory) => isBelow(directory, 'pdm', 'venvs') || isNamedByPdm(directory) },
  { tool: 'hatch', isOf: (directory) => isBelow(directory, 'hatch', 'env', 'virtual') },
  // The name is the project's, with a hash of its path.
  {
    tool: 'pipenv',
    isOf: (directory) => isThere(join(directory, '.project')) && /-[\w-]{8}$/.test(basename(directory)),
  },
];

function managerOf(directory: string, keys: Keys): ToolName | undefined {
  return MANAGERS.find(({ isOf }) => isOf(directory, keys))?.tool;
}

function isBelow(directory: string, ...parts: readonly string[]): boolean {
  return dirname(directory)
    .concat(sep)
    .includes(`${sep}${parts.join(sep)}${sep}`);
}

/** `project-py3.12`: Poetry's default prompt, also of environments in projects. */
function isPoetryPrompt({ prompt, virtualenv }: Keys): boolean {
  return virtualenv !== undefined && /-py\d+\.\d+$/.test(prompt ?? '');
}

/** Whether the project around an environment is one of PDM, which writes down the interpreter that it uses. */
function isNamedByPdm(directory: string): boolean {
  const text = readBounded(join(dirname(directory), '.pdm-python'))?.trim();
  return text?.startsWith(`${directory}${sep}`) ?? false;
}
