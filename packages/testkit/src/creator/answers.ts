import type { Step } from '@vivarium/core/host';
import { ask } from '../workplace.ts';

/** What an environment's Python says of itself. */
export interface Facts {
  readonly prefix: string;
  readonly version: readonly [number, number, number];
  readonly purelib: string;
  readonly scripts: string;
  readonly path: readonly string[];
}

// What a distribution has patched into its schemes is told by name: `posix_prefix` is where an environment installs to.
const FACTS = `
import json, sys, sysconfig
names = sysconfig.get_scheme_names()
preferred = getattr(sysconfig, "get_preferred_scheme", lambda key: None)("prefix")
scheme = next(s for s in ("venv", "posix_prefix" if preferred in (None, "posix_local", "deb_system") else preferred) if s in names)
paths = sysconfig.get_paths(scheme)
print(json.dumps({"prefix": sys.prefix, "version": list(sys.version_info[:3]), "purelib": paths["purelib"],
                  "scripts": paths["scripts"], "path": sys.path}))
`;

/** Starts an environment's Python, away from the working directory and the user's own packages. */
export async function describeEnvironment(python: string): Promise<Facts> {
  return (await ask(python, '-I', '-c', FACTS)) as Facts;
}

/** Whether a path is one inside an environment, as layouts and steps have it: relative, written with `/`. */
export function isRelativePath(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && !`/${path}/`.includes('/../');
}

/** Whether some step makes what is at that path, or a process that may. */
export function describesWhatIsPlanned(steps: readonly Step[], path: string): boolean {
  return steps.some((step) => {
    if (step.kind === 'run') return true;
    if (step.kind === 'remove') return false;
    if (step.path === path || step.path.startsWith(`${path}/`)) return true;
    return (
      step.kind === 'tree' && [...step.directories, ...step.files].some((inner) => `${step.path}/${inner}` === path)
    );
  });
}
