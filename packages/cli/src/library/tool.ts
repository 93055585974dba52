import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Interpreter, VivariumError } from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';

/** Which command is looked for, and where. */
interface ToolRequest {
  /** The scripts directory, absolute. */
  readonly scripts: string;
  readonly os: Interpreter['os'];
  readonly name: string;
}

// In the order in which cmd.exe tries them.
const WINDOWS_SUFFIXES = ['.exe', '.bat', '.cmd', ''];

/**
 * The path of a command in an environment.
 *
 * @throws VivariumError `TOOL_NOT_FOUND`
 */
export function toolIn({ scripts, os, name }: ToolRequest): string {
  const isName = name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
  const suffixes = os === 'nt' ? WINDOWS_SUFFIXES : [''];
  const path = isName ? suffixes.map((suffix) => join(scripts, `${name}${suffix}`)).find(isFile) : undefined;
  if (path !== undefined) return path;
  const near = nearName(name, namesIn(scripts));
  throw new VivariumError('TOOL_NOT_FOUND', `There is no command \`${name}\` in ${scripts}`, {
    hint: `Install the package that has it, with \`run(['-m', 'pip', 'install', …])\`${
      near === undefined ? '' : `; or is it \`${near}\`?`
    }`,
  });
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).map((name) => name.replace(/\.exe$/, ''));
  } catch {
    return [];
  }
}
