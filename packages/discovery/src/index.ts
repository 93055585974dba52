import { type Candidate, type Context, type Discoverer, defineDiscoverer, defineOptions } from '@vivarium/core/plugin';
import { isExecutableFile } from './sources/executable-file.ts';
import { explicit, explicitCandidates } from './sources/explicit.ts';
import { installedCandidates } from './sources/installations.ts';
import { installRoots } from './sources/managers.ts';
import { otherPathCandidates, pathCandidates, unusualPathCandidates } from './sources/path.ts';
import { windowsCandidates } from './sources/windows/windows.ts';

export { isInterpreter } from './interpreter/is-interpreter.ts';
export { probeInterpreter } from './interpreter/probe-interpreter.ts';
export { type FindRequest, type FoundInterpreter, findInterpreter } from './search/find.ts';
export { type Listed, type ListRequest, listInterpreters } from './search/list.ts';
export { fitsProject, type ProjectRequest, projectRequest } from './search/project.ts';
export type { ProjectPython, ReadProject } from './search/project-python.ts';
export { uvCandidates } from './sources/uv.ts';
export { mayBeMeant, type RegisteredPython, registeredPythons } from './sources/windows/pep-514.ts';
export { parseLauncherList } from './sources/windows/py-launcher.ts';
export { parseQuery, type RegistryKey } from './sources/windows/query.ts';
export { formatSpec } from './spec/format.ts';
export { type Matched, matchesSpec, whyNot } from './spec/match.ts';
export { parseSpec } from './spec/parse.ts';
export { namesPreRelease } from './spec/range.ts';

const options = defineOptions({
  tryFirstWith: {
    type: 'paths',
    default: [],
    placeholder: 'PATH',
    group: 'Interpreter',
    help: 'a Python to try before all others; can be given more than once',
  },
});

/**
 * Finds Pythons where users keep them: a path, `--try-first-with`, `PATH` (seeing through the shims of version
 * managers), what pyenv, mise, asdf and uv have installed; on Windows also the registry (PEP 514) and the launcher
 * `py`.
 */
const builtin: Discoverer<typeof options> = defineDiscoverer({
  kind: 'discoverer',
  name: 'builtin',
  title: 'Builtin',
  options,
  async *candidates(spec, { tryFirstWith }, context): AsyncIterable<Candidate> {
    if (spec?.kind === 'path') {
      yield* explicitCandidates(spec, context);
      return;
    }
    yield* triedFirst(tryFirstWith, context);
    yield* pathCandidates(spec, context);
    if (spec === undefined) yield* unusualPathCandidates(spec, context);
    for (const root of installRoots(context)) yield* installedCandidates(root, spec);
    yield* windowsCandidates(spec, context);
    if (spec !== undefined) yield* unusualPathCandidates(spec, context);
    yield* otherPathCandidates(spec, context);
  },
});

export default builtin;

function triedFirst(paths: readonly string[], context: Context): readonly Candidate[] {
  return paths.flatMap((path) => {
    if (isExecutableFile(path)) return [explicit(path, '--try-first-with', context)];
    context.debug(`${path} (--try-first-with) is ignored, because there is no executable file`);
    return [];
  });
}
