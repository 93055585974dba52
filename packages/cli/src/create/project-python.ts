import { dirname, join } from 'node:path';
import { isVivariumError } from '@vivarium/core/host';
import { readSmallFile } from '@vivarium/core/internal';
import type { ProjectPython } from '@vivarium/discovery';
import { readToml } from '../config/read-toml.ts';

/**
 * What a project asks for: `requires-python` of the nearest `pyproject.toml` of a directory and those above it (PEP 621).
 */
export async function projectPython(directory: string): Promise<ProjectPython | undefined> {
  const path = join(directory, 'pyproject.toml');
  if (textOf(path) !== undefined) {
    return requiresPython(path, ({ project }) => (Object(project) as Record<string, unknown>)['requires-python']);
  }
  return dirname(directory) === directory ? undefined : projectPython(dirname(directory));
}

/** What a lock asks for: its `requires-python` (PEP 751). */
export function lockPython(lock: string): Promise<ProjectPython | undefined> {
  return requiresPython(lock, (document) => document['requires-python']);
}

async function requiresPython(
  path: string,
  read: (document: Record<string, unknown>) => unknown,
): Promise<ProjectPython | undefined> {
  const text = textOf(path);
  // It is parsed only if it may have it; what is wrong with it is told by what reads it for another reason.
  if (text?.includes('requires-python') !== true) return undefined;
  try {
    const value = read(await readToml(text, path));
    return typeof value === 'string' && value.trim() !== '' ? { text: value.trim(), source: path } : undefined;
  } catch (error) {
    if (isVivariumError(error)) return undefined;
    throw error;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readSmallFile(path)?.text;
  } catch {
    return undefined;
  }
}
