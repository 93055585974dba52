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

/** Says that the Python that was asked for is not one that the project asks for. The user's request counts. */
export function warnOfProject(interpreter: Interpreter, asked: ProjectPython | undefined, context: Context): void {
  const wanted = pinned(context) ?? wantedOf(asked);
  if (wanted === undefined || wanted.some(({ spec }) => spec === undefined || spec.kind === 'path')) return;
  if (wanted.some(({ spec }) => spec !== undefined && matchesSpec(interpreter, spec) === true)) return;
  const texts = wanted.map(({ text }) => text).join(' or ');
  const { implementation, version } = interpreter;
  context.warn(
    `${implementation} ${formatVersion(version)} is used, as asked for; ${wanted[0]?.source} asks for ${texts}`,
    'PROJECT_PYTHON_MISMATCH',
  );
}

/**
 * What the project asks for where nothing else is: what is pinned, else what its other files ask for.
 *
 * @returns `undefined` where it asks for nothing, or for nothing that is a version
 */
export async function projectRequest(project: ReadProject, context: Context): Promise<ProjectPython | undefined> {
  const wanted = pinned(context) ?? wantedOf(await project());
  const [first] = wanted ?? [];
  if (wanted === undefined || first?.source === undefined) return undefined;
  return { text: wanted.map(({ text }) => text).join(' or '), source: first.source };
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
