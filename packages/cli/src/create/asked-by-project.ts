import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectPython } from '@vivarium/discovery';
import type { CreateRequest } from './request.ts';

/** Where a run looks for what a project asks for. */
type ProjectOfRun = Pick<CreateRequest, 'cwd' | 'readsProject'> & {
  readonly settings: Pick<CreateRequest['settings'], 'lock'>;
};

/** What the files of a project ask for, besides what is pinned: those around the cwd if they count, and the lock. */
export async function askedByProject({
  cwd,
  readsProject,
  settings,
}: ProjectOfRun): Promise<ProjectPython | undefined> {
  const { lock } = settings;
  const isAround = readsProject === true && isInProject(cwd);
  // Nothing is loaded where there is no project.
  if (lock === undefined && !isAround) return undefined;
  const { lockPython, projectPython } = await import('./project-python.ts');
  return (isAround ? await projectPython(cwd) : undefined) ?? (lock === undefined ? undefined : lockPython(lock));
}

function isInProject(directory: string): boolean {
  if (existsSync(join(directory, 'pyproject.toml'))) return true;
  return dirname(directory) !== directory && isInProject(dirname(directory));
}
