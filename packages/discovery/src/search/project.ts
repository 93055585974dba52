import { type Context, formatVersion, type Interpreter, isVivariumError } from '@vivarium/core/plugin';
import { matchesSpec } from '../spec/match.ts';
import { parseSpec } from '../spec/parse.ts';
import { pinnedRequests } from './pinned.ts';
import type { ProjectPython, ReadProject } from './project-python.ts';
import type { Wanted } from './wanted.ts';

/** What a file of the project asks for; nothing, with a warning, where that is no version. */
export function wantedByProject({ text, source }: ProjectPython, { warn }: Context): readonly Wanted[] | undefined {
  const spec = versionSpec(text);
  if (spec !== undefined) return [{ text, spec, source }];
  warn(`\`${text}\` is no version or range (requires-python of ${source}); it is ignored`, 'CONFIGURATION_IGNORED');
  return undefined;
}

/** What a project asks for: any of these. */
export interface ProjectRequest {
  /** Versions and ranges, or names that pyenv knows. */
  readonly texts: readonly string[];
  /** The file or the variable that says so. */
  readonly source: string;
}

/** Says that the Python that was asked for is not one that the project asks for. The user's request counts. */
export function warnOfProject(interpreter: Interpreter, asked: ProjectPython | undefined, context: Context): void {
  const request = requestOf(pinned(context) ?? wantedOf(asked));
  if (request === undefined || fitsProject(interpreter, request)) return;
  const { implementation, version } = interpreter;
  context.warn(
    `${implementation} ${formatVersion(version)} is used, as asked for; ${request.source} asks for ${request.texts.join(' or ')}`,
    'PROJECT_PYTHON_MISMATCH',
  );
}

/** Whether an interpreter is what a project asks for; also where that can't be told, as of what only pyenv knows. */
export function fitsProject(interpreter: Interpreter, { texts }: ProjectRequest): boolean {
  return texts.map(versionSpec).some((spec) => spec === undefined || matchesSpec(interpreter, spec) === true);
}

/**
 * What the project asks for where nothing else is: what is pinned, else what its other files ask for.
 *
 * @returns `undefined` where it asks for nothing, or for nothing that is a version
 */
export async function projectRequest(project: ReadProject, context: Context): Promise<ProjectRequest | undefined> {
  return requestOf(pinned(context) ?? wantedOf(await project()));
}

function requestOf(wanted: readonly Wanted[] | undefined): ProjectRequest | undefined {
  const source = wanted?.[0]?.source;
  return wanted && source ? { texts: wanted.map(({ text }) => text), source } : undefined;
}

// What is wrong with a file that does not count is no reason to fail.
function pinned(context: Context): readonly Wanted[] | undefined {
  try {
    return pinnedRequests({ ...context, warn: () => {} });
  } catch (error) {
    if (isVivariumError(error)) return undefined;
    throw error;
  }
}

function wantedOf(asked: ProjectPython | undefined): readonly Wanted[] | undefined {
  const spec = asked && versionSpec(asked.text);
  return asked && spec && [{ ...asked, spec }];
}

function versionSpec(text: string): Wanted['spec'] {
  try {
    const spec = parseSpec(text);
    return spec.kind === 'version' ? spec : undefined;
  } catch (error) {
    if (isVivariumError(error)) return undefined;
    throw error;
  }
}
